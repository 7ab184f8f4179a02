package io.lightvessel.render.alloy;

import io.lightvessel.config.Signal;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.Pipeline;
import io.lightvessel.render.pipeline.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Joins components that hand on OTLP: each says for every signal what comes after it. */
final class OtlpFlow {
    private final AlloyFile file;
    private final Exporters exporters;
    private final String suffix;
    private final Map<String, Stage> stages = new LinkedHashMap<>();

    /** @param suffix what labels of this flow's components end with, to be told from those of another flow */
    OtlpFlow(AlloyFile file, Exporters exporters, String suffix) {
        this.file = file;
        this.exporters = exporters;
        this.suffix = suffix;
    }

    private record Stage(String component, String label, Step step, Map<Signal, List<String>> next) {
        String input() {
            return component + "." + label + ".input";
        }
    }

    /** Lays a way for a pipeline and says where it begins; nowhere when Alloy has no exporter for its end. */
    List<String> lay(Pipeline pipeline) {
        List<String> next = exporters.otlpInputs(pipeline.destinations());
        if (next.isEmpty()) {
            return next;
        }
        List<Stage> way = new ArrayList<>();
        for (Step step : pipeline.steps()) {
            Stage stage = stage(step);
            way.add(stages.computeIfAbsent(stage.input(), _ -> stage));
        }
        for (Stage stage : way.reversed()) {
            stage.next().put(pipeline.signal(), next);
            next = List.of(stage.input());
        }
        return next;
    }

    private Stage stage(Step step) {
        return switch (step) {
            case Step.LimitMemory _ -> stage("memory_limiter", "default", step);
            case Step.SetAttributes _ -> stage("transform", "resource", step);
            case Step.ChangeAttributes _ -> stage("attributes", "default", step);
            case Step.Transform _ -> stage("transform", "statements", step);
            case Step.DropIf _ -> stage("filter", "default", step);
            case Step.Redact _ -> stage("redaction", "default", step);
            case Step.SampleShare _ -> stage("probabilistic_sampler", "default", step);
            case Step.SampleTail _ -> stage("tail_sampling", "default", step);
            case Step.Batch _ -> stage("batch", "default", step);
        };
    }

    private Stage stage(String processor, String label, Step step) {
        return new Stage("otelcol.processor." + processor, label + suffix, step, new EnumMap<>(Signal.class));
    }

    /** Writes the components between the beginnings and the exporters. */
    void write() {
        for (Stage stage : stages.values()) {
            if (stage.step() instanceof Step.Redact) {
                file.say(RenderFinding.needs(
                        "gateway.processors.redaction",
                        "Alloy counts its redaction among its experimental components",
                        "run Alloy with --stability.level=experimental"));
            }
            file.component(stage.component(), stage.label(), block -> {
                StepRiver.write(block, stage.step(), stage.next().keySet());
                block.block("output", output(stage.next()));
            });
        }
    }

    static Consumer<RiverBlock> output(Map<Signal, List<String>> next) {
        return output -> next.forEach((signal, inputs) -> output.refer(signal.label(), inputs));
    }
}
