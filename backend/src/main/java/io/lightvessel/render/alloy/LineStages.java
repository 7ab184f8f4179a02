package io.lightvessel.render.alloy;

import com.google.re2j.Pattern;
import io.lightvessel.config.operators.KnownText;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.stack.LineRedaction;
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
        if (!logs.metadata().addsNothing()) {
            block.block(
                    "stage.structured_metadata", beside -> beside.verbatim("regex", "k8s_pod_(label|annotation)_.+"));
        }
        for (int i = 0; i < logs.redaction().size(); i++) {
            redact(file, block, logs.redaction().get(i), PATH + ".redaction." + i);
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
                limit.number("burst", logs.burst());
                limit.flag("drop", true);
                limit.verbatim("by_label_name", PodLogRiver.LABELS.get(1));
            });
        }
    }

    /** Alloy replaces what groups of a match hold, and leaves the rest of it. */
    private static void redact(AlloyFile file, RiverBlock block, LineRedaction redaction, String path) {
        LineRedaction.Known preset = redaction.preset();
        String pattern = String.valueOf(redaction.pattern());
        if (preset == null && Pattern.compile(pattern).groupCount() > 0) {
            file.say(RenderFinding.leftOut(
                    path,
                    "Alloy replaces what the groups of an expression hold, not what the expression finds",
                    "an expression without groups, (?:...) in their place"));
            return;
        }
        KnownText known = preset == null ? null : KnownText.valueOf(preset.name());
        String whole = "(" + (known == null ? pattern : known.regexAlone()) + ")";
        block.block("stage.replace", replace -> {
            replace.verbatim(
                    "expression", known == null || redaction.replacement() != null ? whole : known.regexOfSecret());
            replace.verbatim("replace", redaction.mask());
        });
    }

    private static void firstLine(RiverBlock block, String regex) {
        block.block("stage.multiline", multiline -> multiline.verbatim("firstline", regex));
    }
}
