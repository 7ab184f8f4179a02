package io.lightvessel.pipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CutterFuzzTest {
    private static final int MOST = 2;

    /** Whatever the walk lets through can be cut, and every record is in one piece. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void requests(Signal signal) {
        Fuzz.run(
                "cut-" + signal.label(),
                4000,
                input -> {
                    Payload whole = Payload.walk(signal, Unpooled.wrappedBuffer(input));
                    int records = whole.records();
                    if (records <= MOST) {
                        whole.release();
                        return records;
                    }
                    int sum = 0;
                    for (Payload piece : PayloadCutter.cut(whole, MOST)) {
                        assertThat(piece.records()).isBetween(1, MOST);
                        Payload again = Payload.walk(signal, Unpooled.wrappedBuffer(Fixtures.copy(piece)));
                        assertThat(again.records()).isEqualTo(piece.records());
                        sum += again.records();
                        again.release();
                        piece.release();
                    }
                    assertThat(sum).isEqualTo(records);
                    return records;
                },
                MalformedPayload.class);
    }
}
