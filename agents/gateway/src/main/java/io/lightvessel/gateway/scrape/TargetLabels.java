package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.relabel.LabelsBuilder;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.Relabelling;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.scrape.config.ScrapeLimits;
import io.lightvessel.gateway.scrape.series.LabelBuffer;
import io.lightvessel.gateway.scrape.series.LabelRules;
import io.lightvessel.gateway.scrape.series.ScrapeRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Adds a target's labels to those it writes, relabels, and holds the job's limits. */
final class TargetLabels implements LabelRules {
    private static final String EXPORTED = "exported_";
    private static final int SHOWN = 50;

    private final LabelSet target;
    private final boolean honor;
    private final Relabelling relabelling;
    private final NameScheme names;
    private final ScrapeLimits limits;
    private final Map<String, String> external;
    private final LabelsBuilder builder = new LabelsBuilder();

    TargetLabels(LabelSet target, ScrapeConfig config, Relabelling relabelling, Map<String, String> external) {
        this.target = target;
        this.honor = config.honorLabels();
        this.relabelling = relabelling;
        this.names = config.targets().names();
        this.limits = config.limits();
        this.external = external;
    }

    @Override
    public boolean apply(LabelBuffer labels) throws ScrapeRefused {
        if (honor) {
            for (int i = 0; i < target.size(); i++) {
                // Pushgateways write instance="" for what has none.
                if (!labels.isWritten(target.name(i))) {
                    labels.set(target.name(i), target.value(i));
                }
            }
        } else {
            override(labels);
        }
        if (!relabelling.isEmpty() && !relabel(labels)) {
            return false;
        }
        if (labels.count() == 0) {
            return false;
        }
        check(labels);
        external.forEach((name, value) -> {
            if (labels.get(name) == null) {
                labels.set(name, value);
            }
        });
        return true;
    }

    /** The target's labels win; those in their way get another name, the shorter names first. */
    private void override(LabelBuffer labels) {
        List<String[]> moved = new ArrayList<>(0);
        for (int i = 0; i < target.size(); i++) {
            String own = labels.get(target.name(i));
            if (own != null) {
                moved.add(new String[] {target.name(i), own});
            }
            labels.set(target.name(i), target.value(i));
        }
        moved.sort(Comparator.comparingInt(label -> label[0].length()));
        for (String[] label : moved) {
            String name = EXPORTED + label[0];
            while (labels.get(name) != null) {
                name = EXPORTED + name;
            }
            labels.set(name, label[1]);
        }
    }

    private boolean relabel(LabelBuffer labels) {
        builder.reset();
        labels.forEach(builder::set);
        if (relabelling.apply(builder) != Relabelling.KEPT) {
            return false;
        }
        labels.clear();
        for (int i = 0; i < builder.size(); i++) {
            labels.set(builder.name(i), builder.value(i));
        }
        return true;
    }

    private void check(LabelBuffer labels) throws ScrapeRefused {
        String metric = labels.get(LabelBuffer.NAME);
        if (metric == null) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.NONE, "a series without a name after relabelling: " + cut(labels.toString()));
        }
        if (names == NameScheme.LEGACY && !isLegacyMetric(metric)) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.NONE,
                    "metric name: '" + cut(metric) + "' (expected: [a-zA-Z_:][a-zA-Z0-9_:]*)");
        }
        if (limits.labels() > 0 && labels.count() > limits.labels()) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.LABELS,
                    "label_limit exceeded (metric: " + cut(metric) + ", number of labels: " + labels.count()
                            + ", limit: " + limits.labels() + ")");
        }
        for (int i = 0; i < labels.count(); i++) {
            check(metric, labels.name(i), labels.value(i));
        }
    }

    private void check(String metric, String name, String value) throws ScrapeRefused {
        if (!name.equals(LabelBuffer.NAME) && !names.isLabelName(name)) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.NONE,
                    "label name: '" + cut(name) + "' of " + cut(metric)
                            + " (expected: a valid one by metric_name_validation_scheme)");
        }
        long nameLimit = limits.labelNameLength();
        if (nameLimit > 0 && name.length() * 3L > nameLimit && length(name) > nameLimit) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.LABELS,
                    "label_name_length_limit exceeded (metric: " + cut(metric) + ", label name: " + cut(name)
                            + ", length: " + length(name) + ", limit: " + nameLimit + ")");
        }
        long valueLimit = limits.labelValueLength();
        if (valueLimit > 0 && value.length() * 3L > valueLimit && length(value) > valueLimit) {
            throw new ScrapeRefused(
                    ScrapeRefused.Limit.LABELS,
                    "label_value_length_limit exceeded (metric: " + cut(metric) + ", label name: " + cut(name)
                            + ", value: \"" + cut(value) + "\", length: " + length(value) + ", limit: " + valueLimit
                            + ")");
        }
    }

    private static boolean isLegacyMetric(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
            if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** In bytes, as Prometheus counts. */
    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) : text;
    }
}
