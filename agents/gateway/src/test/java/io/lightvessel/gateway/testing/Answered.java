package io.lightvessel.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a target answers so that a scrape of it comes to a {@link Scrape}: in the plainest format that can say it. */
public record Answered(String contentType, byte[] body) {

    public static Answered text(String body) {
        return new Answered("text/plain; version=0.0.4", body.getBytes(UTF_8));
    }

    public static Answered of(Scrape scrape) {
        List<Scrape.Told> all = scrape.told();
        if (all.stream().anyMatch(one -> one.histogram() != null)) {
            return new Answered(
                    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
                    AnsweredProtobuf.of(families(all, false)));
        }
        boolean open = all.stream()
                .anyMatch(one -> !one.exemplars().isEmpty() || !one.unit().isEmpty() || one.start() != 0);
        StringBuilder out = new StringBuilder();
        families(all, open).forEach((family, series) -> family(out, family, series, open));
        return open
                ? new Answered(
                        "application/openmetrics-text; version=1.0.0; charset=utf-8",
                        out.append("# EOF\n").toString().getBytes(UTF_8))
                : text(out.toString());
    }

    private static Map<String, List<Scrape.Told>> families(List<Scrape.Told> all, boolean open) {
        Map<String, List<Scrape.Told>> families = new LinkedHashMap<>();
        for (Scrape.Told one : all) {
            families.computeIfAbsent(family(one, open), _ -> new ArrayList<>()).add(one);
        }
        return families;
    }

    private static String family(Scrape.Told one, boolean open) {
        String suffix = switch (one.type()) {
            case Scrape.HISTOGRAM -> "_(bucket|sum|count)$";
            case Scrape.SUMMARY -> "_(sum|count)$";
            case Scrape.COUNTER -> open ? "_total$" : "$";
            default -> "$";
        };
        return one.name().replaceFirst(suffix, "");
    }

    private static void family(StringBuilder out, String family, List<Scrape.Told> series, boolean open) {
        Scrape.Told first = series.getFirst();
        String type = switch (first.type()) {
            case Scrape.COUNTER -> "counter";
            case Scrape.GAUGE -> "gauge";
            case Scrape.HISTOGRAM -> "histogram";
            case Scrape.SUMMARY -> "summary";
            default -> open ? "unknown" : "untyped";
        };
        out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        if (!first.unit().isEmpty()) {
            out.append("# UNIT ")
                    .append(family)
                    .append(' ')
                    .append(first.unit())
                    .append('\n');
        }
        if (!first.help().isEmpty()) {
            String help = first.help().replace("\\", "\\\\").replace("\n", "\\n");
            out.append("# HELP ")
                    .append(family)
                    .append(' ')
                    .append(open ? help.replace("\"", "\\\"") : help)
                    .append('\n');
        }
        Set<String> created = new LinkedHashSet<>();
        for (Scrape.Told one : series) {
            for (Scrape.Value value : one.values()) {
                out.append(one.name())
                        .append(labels(one.own(), ""))
                        .append(' ')
                        .append(number(value.value()))
                        .append(' ')
                        .append(time(value.at(), open));
                exemplar(out, one);
                out.append('\n');
            }
            if (one.start() != 0) {
                created.add(family + "_created" + labels(one.own(), "le") + ' ' + time(one.start(), true) + '\n');
            }
        }
        created.forEach(out::append);
    }

    /** A line has room for one. */
    private static void exemplar(StringBuilder out, Scrape.Told one) {
        if (!one.exemplars().isEmpty()) {
            Scrape.Exemplar exemplar = one.exemplars().getLast();
            String labels = labels(exemplar.labels(), "");
            out.append(" # ")
                    .append(labels.isEmpty() ? "{}" : labels)
                    .append(' ')
                    .append(number(exemplar.value()))
                    .append(' ')
                    .append(time(exemplar.at(), true));
        }
    }

    private static String labels(List<String> pairs, String without) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!pairs.get(i).equals(without)) {
                String value = pairs.get(i + 1)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n");
                out.append(out.isEmpty() ? "{" : ",")
                        .append(pairs.get(i))
                        .append("=\"")
                        .append(value)
                        .append('"');
            }
        }
        return out.isEmpty() ? "" : out.append('}').toString();
    }

    private static String number(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }

    private static String time(long millis, boolean inSeconds) {
        return inSeconds ? "%d.%03d".formatted(millis / 1000, millis % 1000) : Long.toString(millis);
    }
}
