package io.lightvessel.pipeline.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditFuzzTest {
    private static final String ACTIONS = """
            { %s: [
              { key: k, action: insert, value: v },
              { key: service.name, action: update, value: w },
              { key: a, action: hash },
              { key: b, action: delete } ] }""";

    /** Whatever the walk lets through is edited or refused; what comes out has as many records and can be walked. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void requests(Signal signal) {
        ProcessorHarness attributes = new ProcessorHarness(signal, "attributes", ACTIONS.formatted("actions"));
        ProcessorHarness resource = new ProcessorHarness(signal, "resource", ACTIONS.formatted("attributes"));
        Fuzz.run(
                "edit-" + signal.label(),
                4000,
                input -> through(resource, input) + through(attributes, input),
                MalformedPayload.class);
    }

    private static String through(ProcessorHarness processor, byte[] input) throws MalformedPayload {
        Payload sent = Payload.walk(processor.signal(), Unpooled.wrappedBuffer(input));
        int records = sent.records();
        processor.send(sent);
        if (processor.passedOn.isEmpty()) {
            assertThat(processor.refusals).hasSize(1);
            processor.refusals.clear();
            return "refused";
        }
        for (Payload passed : processor.passedOn) {
            assertThat(passed.records()).isEqualTo(records);
            Payload again = Payload.walk(processor.signal(), Unpooled.wrappedBuffer(Fixtures.copy(passed)));
            assertThat(again.records()).isEqualTo(records);
            again.release();
        }
        processor.releaseAll();
        return "passed";
    }
}
