package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs one processor by itself, with settings from a config, and keeps everything it passes on. */
public final class ProcessorHarness implements ProcessorContext {

    public final ManualTimer timer = new ManualTimer();
    public final ByteBudget budget = new ByteBudget(1 << 30);
    public final List<Payload> passedOn = new ArrayList<>();
    public final List<Result> passedResults = new ArrayList<>();
    public final List<Refusal> refusals = new ArrayList<>();
    public final Map<DropReason, Count> dropped = new EnumMap<>(DropReason.class);
    private Count missing = Count.ZERO;
    private final ComponentConfig config;
    private final Signal signal;
    private final Processor processor;
    private final OwnMetrics metrics = new OwnMetrics();
    /** Answers for what is passed on; null leaves the results open. */
    public Refusal answer;

    public boolean answers = true;

    public ProcessorHarness(Signal signal, String type, String settings) {
        PipelineConfig parsed = Configs.direct(signal.label(), type + ": " + settings, type);
        this.config = parsed.processors().get(ComponentId.of(type));
        this.signal = signal;
        ProcessorFactory factory = BuiltInProcessors.all().stream()
                .filter(candidate -> candidate.type().equals(type))
                .findFirst()
                .orElseThrow();
        try {
            Prepared<Processor> prepared = factory.prepare(this, config.settings());
            this.processor = prepared.component();
            prepared.commit();
        } catch (ComponentFailure e) {
            throw new AssertionError(e);
        }
    }

    public Processor processor() {
        return processor;
    }

    /** What the processor has counted, for example {@code name{a="b"} 3}. */
    public String metricsText() {
        PrometheusText text = new PrometheusText();
        metrics.writeTo(text);
        StringBuilder written = new StringBuilder();
        try {
            text.writeTo(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString();
    }

    /** What was sent and has not come out in one way or the other; zero when the books balance. */
    public Count missing() {
        Count out = processor.held();
        for (Count left : dropped.values()) {
            out = out.plus(left);
        }
        return new Count(missing.records() - out.records(), missing.bytes() - out.bytes());
    }

    private void leaves(Payload payload) {
        missing = new Count(missing.records() - payload.records(), missing.bytes() - payload.receivedBytes());
    }

    public RecordingResult send(Payload payload) {
        missing = missing.plus(payload.amount());
        RecordingResult result = new RecordingResult();
        processor.accept(payload, result);
        return result;
    }

    public void releaseAll() {
        passedOn.forEach(Payload::release);
        passedOn.clear();
    }

    @Override
    public PipelineId pipeline() {
        return PipelineId.of(signal);
    }

    @Override
    public Consumer next() {
        return (payload, result) -> {
            leaves(payload);
            passedOn.add(payload);
            passedResults.add(result);
            if (!answers) {
                return;
            }
            if (answer == null) {
                result.accepted();
            } else {
                result.refused(answer);
            }
        };
    }

    @Override
    public ByteBudget budget() {
        return budget;
    }

    @Override
    public void refuse(Payload payload, Result result, Refusal refusal) {
        leaves(payload);
        refusals.add(refusal);
        payload.release();
        result.refused(refusal);
    }

    @Override
    public void dropped(DropReason reason, Count left) {
        dropped.merge(reason, left, Count::plus);
    }

    @Override
    public ComponentId id() {
        return config.id();
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public HealthReporter health() {
        return new HealthCell("test", timer, () -> {});
    }

    @Override
    public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        throw new ComponentFailure("extension " + id + " is not there");
    }

    @Override
    public ComponentMetrics metrics() {
        return metrics.scope(Map.of("processor", config.id().toString()));
    }
}
