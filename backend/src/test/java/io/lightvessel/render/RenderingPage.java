package io.lightvessel.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes how features of a stack read for each program: what a feature adds to a file, with what it is inside of. */
final class RenderingPage {
    private static final ClusterFacts FACTS = new ClusterFacts("prod-eu", "");
    private static final List<RenderTarget> TARGETS =
            List.of(RenderTarget.AGENT, RenderTarget.OTELCOL, RenderTarget.ALLOY);

    private final StackRenderer renderer = new StackRenderer();
    private final StringBuilder page = new StringBuilder();

    String write() {
        page.append("""
                # One stack, three programs

                What features of a stack come to in the agents' own dialect, for a stock OpenTelemetry Collector (contrib) and for
                Grafana Alloy. Each piece is what the feature adds to the rendered file. What a program cannot say is named as
                a finding below it, as `stack:render` answers it. This page is written by a test; do not edit it.

                """);
        page.append("| feature | agent | otelcol | alloy |\n|---|---|---|---|\n");
        RenderingFeatures.ALL.forEach(this::row);
        RenderingFeatures.ALL.forEach(this::section);
        return page.toString();
    }

    private void row(RenderingFeatures.Feature feature) {
        page.append("| [")
                .append(feature.name())
                .append("](#")
                .append(anchor(feature))
                .append(")");
        for (RenderTarget target : TARGETS) {
            page.append(" | ").append(verdict(feature, target));
        }
        page.append(" |\n");
    }

    private String verdict(RenderingFeatures.Feature feature, RenderTarget target) {
        List<RenderFinding> findings = findings(feature, target);
        boolean written = !added(feature, target).isEmpty();
        if (findings.isEmpty()) {
            return written ? "yes" : "no";
        }
        boolean lost = findings.stream().anyMatch(finding -> finding.kind() == RenderFinding.Kind.LEFT_OUT);
        return !lost ? "yes, with a note" : written ? "in part" : "left out";
    }

    private void section(RenderingFeatures.Feature feature) {
        page.append("\n## ").append(feature.name()).append("\n");
        for (RenderTarget target : TARGETS) {
            page.append("\n**").append(target.wireName()).append("**\n");
            List<String> lines = added(feature, target);
            if (!lines.isEmpty()) {
                page.append("\n```")
                        .append(target == RenderTarget.ALLOY ? "river" : "yaml")
                        .append('\n');
                lines.forEach(line -> page.append(line).append('\n'));
                page.append("```\n");
            }
            List<RenderFinding> findings = findings(feature, target);
            if (!findings.isEmpty()) {
                page.append('\n');
            }
            findings.forEach(finding -> page.append("- ")
                    .append(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" `")
                    .append(finding.path())
                    .append("`: ")
                    .append(finding.reason())
                    .append(". Instead: ")
                    .append(finding.fix())
                    .append(".\n"));
        }
    }

    private List<RenderFinding> findings(RenderingFeatures.Feature feature, RenderTarget target) {
        List<RenderFinding> before = renderer.render(feature.without(), FACTS, target, feature.role())
                .findings();
        return renderer.render(feature.with(), FACTS, target, feature.role()).findings().stream()
                .filter(finding -> !before.contains(finding))
                .toList();
    }

    private List<String> added(RenderingFeatures.Feature feature, RenderTarget target) {
        List<String> before = lines(feature.without(), feature, target);
        List<String> after = lines(feature.with(), feature, target);
        TreeSet<Integer> shown = new TreeSet<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            int from = delta.getTarget().getPosition();
            for (int i = from; i < from + delta.getTarget().size(); i++) {
                if (!after.get(i).isBlank()) {
                    shown.add(i);
                    around(after, i, shown);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        shown.forEach(i -> lines.add(after.get(i)));
        return lines;
    }

    private List<String> lines(StackSpec spec, RenderingFeatures.Feature feature, RenderTarget target) {
        return renderer.render(spec, FACTS, target, feature.role())
                .files()
                .getFirst()
                .text()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("//"))
                .toList();
    }

    /** What a line is inside of: lines before it that are less far in, and the braces that close them. */
    private static void around(List<String> lines, int at, TreeSet<Integer> shown) {
        int depth = depth(lines.get(at));
        for (int i = at - 1; i >= 0 && depth > 0; i--) {
            if (!lines.get(i).isBlank() && depth(lines.get(i)) < depth) {
                depth = depth(lines.get(i));
                shown.add(i);
                close(lines, i, shown);
            }
        }
    }

    private static void close(List<String> lines, int opened, TreeSet<Integer> shown) {
        if (!lines.get(opened).endsWith("{") && !lines.get(opened).endsWith("[")) {
            return;
        }
        for (int i = opened + 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && depth(lines.get(i)) == depth(lines.get(opened))) {
                shown.add(i);
                return;
            }
        }
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String anchor(RenderingFeatures.Feature feature) {
        return feature.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}
