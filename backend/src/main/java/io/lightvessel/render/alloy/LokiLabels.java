package io.lightvessel.render.alloy;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the steps of pod logs come to when lines go to Loki's push address: labels, and a time to wait. */
record LokiLabels(Map<String, String> labels, String batchWait) {
    private static final int MOST_LABELS = 15;

    static LokiLabels of(AlloyFile file, List<Step> steps, int others) {
        Map<String, String> labels = new TreeMap<>();
        String wait = "1s";
        for (Step step : steps) {
            switch (step) {
                case Step.SetAttributes set ->
                    set.attributes().forEach((key, value) -> label(file, set.path(), labels, key, value));
                case Step.Batch batch -> {
                    wait = batch.timeout();
                    file.say(RenderFinding.differs(
                            "gateway.batch",
                            "loki.write counts bytes where the stack counts records; lines wait as long as it says, or for 1 MiB",
                            "nothing, or batch_size in loki.write"));
                }
                case Step.LimitMemory _,
                        Step.ChangeAttributes _,
                        Step.Transform _,
                        Step.DropIf _,
                        Step.Redact _,
                        Step.SampleShare _,
                        Step.SampleTail _ ->
                    throw new IllegalArgumentException(step + " (expected: steps of a collector)");
            }
        }
        if (labels.size() + others > MOST_LABELS) {
            file.say(RenderFinding.differs(
                    "collector.resourceAttributes",
                    "%d labels with those of the pod; Loki takes %d and refuses lines that have more"
                            .formatted(labels.size() + others, MOST_LABELS),
                    "fewer attributes, or the agents' own rendering, which sends them by OTLP"));
        }
        return new LokiLabels(labels, wait);
    }

    private static void label(AlloyFile file, String path, Map<String, String> labels, String attribute, String value) {
        String label = attribute.replaceAll("[^A-Za-z0-9_]", "_");
        if (Character.isDigit(label.charAt(0))) {
            label = "_" + label;
        }
        if (labels.putIfAbsent(label, value) != null) {
            file.say(RenderFinding.leftOut(
                    path + "." + attribute,
                    "%s is the label %s to Loki, which another attribute is already".formatted(attribute, label),
                    "attributes that differ in more than their punctuation"));
        }
    }
}
