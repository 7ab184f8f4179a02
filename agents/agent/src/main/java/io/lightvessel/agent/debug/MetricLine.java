package io.lightvessel.agent.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sample of the agent's own metrics, in the exposition's text.
 *
 * @param labels without those that all samples of the component share
 */
record MetricLine(String name, String labels, String value) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{(.*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int MOST = 200;

    /** The samples with the label {@code kind="id"}; of histograms count and sum are enough to look at. */
    static List<MetricLine> of(String exposition, String kind, String id) {
        List<MetricLine> lines = new ArrayList<>();
        for (String text : exposition.lines().toList()) {
            Matcher line = LINE.matcher(text);
            if (lines.size() == MOST
                    || !line.matches()
                    || line.group(1).endsWith("_bucket")
                    || line.group(1).endsWith("_created")) {
                continue;
            }
            boolean own = false;
            List<String> labels = new ArrayList<>();
            Matcher label = LABEL.matcher(line.group(2));
            while (label.find()) {
                if (label.group(1).equals(kind)) {
                    own = label.group(2).equals(id);
                } else if (!label.group(1).startsWith("service_")) {
                    labels.add(label.group(1) + "=" + label.group(2));
                }
            }
            if (own) {
                lines.add(new MetricLine(line.group(1), String.join(", ", labels), line.group(3)));
            }
        }
        return lines;
    }
}
