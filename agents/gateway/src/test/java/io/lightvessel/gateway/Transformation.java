package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import io.lightvessel.pipeline.ottl.TransformFactory;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transform processor with one statement, and what comes out of it. */
final class Transformation implements ProcessorContext, Result {
    private final TestContext context = new TestContext("transform", 1 << 20);
    private final Processor processor;
    private ByteBuf out;
    private String outcome = "";
    private @Nullable String malformed;

    Transformation(String statement) throws ComponentFailure {
        String quoted = statement
                .replace("'", "''")
                .replace("$", "$$")
                .replaceAll("[\\p{Cntrl}\\x{fffe}-\\x{ffff}\\x{2028}-\\x{2029}]", " ");
        ParseOutcome config = ConfigParser.parse("""
                receivers: {otlp: {protocols: {grpc: }}}
                processors: {transform: {log_statements: [{context: log, statements: ['%s']}]}}
                exporters: {debug: }
                service: {pipelines: {logs: {receivers: [otlp], processors: [transform], exporters: [debug]}}}
                """.formatted(quoted), Environment.of(Map.of()));
        if (!(config instanceof ParseOutcome.Valid valid)) {
            throw new AssertionError(config.findings().toString());
        }
        processor = new TransformFactory()
                .prepare(this, valid.config().processors().get(id()).settings())
                .component();
    }

    /** What comes out is a request again. */
    String run(Payload payload) throws MalformedPayload {
        int records = payload.records();
        processor.accept(payload, this);
        if (malformed != null) {
            // The walk looks no deeper than records; who does has to refuse what it finds there.
            throw new MalformedPayload(malformed);
        }
        assertThat(outcome).isEqualTo("accepted");
        try {
            assertThat(Payload.walk(Signal.LOGS, out.retainedDuplicate()).records())
                    .isEqualTo(records);
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
        return "" + records;
    }

    @Override
    public Consumer next() {
        return (payload, result) -> {
            out = payload.bytes().copy();
            payload.release();
            result.accepted();
        };
    }

    @Override
    public void accepted() {
        outcome = "accepted";
    }

    @Override
    public void refused(Refusal refusal) {
        outcome = refusal.toString();
        malformed = refusal.reason() == DropReason.MALFORMED ? refusal.message() : null;
    }

    @Override
    public PipelineId pipeline() {
        return PipelineId.of(Signal.LOGS);
    }

    @Override
    public ByteBudget budget() {
        return context.budget();
    }

    @Override
    public void refuse(Payload payload, Result result, Refusal refusal) {
        payload.release();
        result.refused(refusal);
    }

    @Override
    public void dropped(DropReason reason, Count left) {
        throw new AssertionError(reason);
    }

    @Override
    public ComponentId id() {
        return context.id();
    }

    @Override
    public Timer timer() {
        return context.timer();
    }

    @Override
    public HealthReporter health() {
        return context.health();
    }

    @Override
    public ComponentMetrics metrics() {
        return context.metrics();
    }

    @Override
    public <T extends Extension> T extension(ComponentId extension, Class<T> capability) throws ComponentFailure {
        return context.extension(extension, capability);
    }
}
