package io.lightvessel.render.alloy;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.stack.PodLogs;
import java.util.List;

/** Writes what is done to log lines between their files and where they go. */
final class LineStages {
    private static final String PATH = "collector.podLogs";

    private LineStages() {}

    static void write(AlloyFile file, RiverBlock block, PodLogs logs) {
        block.block("stage.cri", _ -> {});
        block.block(
                "stage.label_drop",
                drop -> drop.set("values", RiverValue.Items.verbatim(List.of("filename", "stream"))));
        switch (logs.multiline()) {
            case NONE -> {
                // Each line is a record.
            }
            case TIMESTAMP -> firstLine(block, "^\\[?\\d{4}-\\d{2}-\\d{2}[T ]");
            case CUSTOM -> {
                if (logs.multilineStart() != null) {
                    firstLine(block, logs.multilineStart());
                }
            }
            case JAVA, PYTHON, GO, DOTNET, NODEJS, RUBY ->
                file.say(RenderFinding.leftOut(
                        PATH + ".multiline",
                        "%s; Alloy knows a record by its first line only, not by the lines that go on with it"
                                .formatted(logs.multiline()),
                        "TIMESTAMP, or CUSTOM with a regular expression of the first line"));
        }
        if (logs.parsing() != PodLogs.Parsing.NONE) {
            file.say(RenderFinding.leftOut(
                    PATH + ".parsing",
                    "%s; Alloy reads only keys that are named one by one".formatted(logs.parsing()),
                    "parse when querying, with | json or | logfmt, or run Lightvessel's agents"));
        }
        if (logs.linesPerSecondPerPod() > 0) {
            block.block("stage.limit", limit -> {
                limit.number("rate", logs.linesPerSecondPerPod());
                limit.number("burst", logs.linesPerSecondPerPod());
                limit.flag("drop", true);
                limit.verbatim("by_label_name", PodLogRiver.LABELS.get(1));
            });
        }
    }

    private static void firstLine(RiverBlock block, String regex) {
        block.block("stage.multiline", multiline -> multiline.verbatim("firstline", regex));
    }
}
