package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.TargetSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What receivers fetch from: every target, who owns it, how its last scrape went and when the next one is due. */
final class TargetsView {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Insight insight;

    TargetsView(Insight insight) {
        this.insight = insight;
    }

    private record Row(ComponentId receiver, TargetSnapshot target) {

        /** Rows are in this order, and a page begins behind the key of the last one of the page before. */
        String key() {
            return receiver + "\n" + target.job() + "\n" + target.url() + "\n"
                    + HexFormat.of().toHexDigits(target.hash()) + "\n"
                    + (target.state() == TargetSnapshot.State.DROPPED ? new TreeMap<>(target.discovered()) : "");
        }

        /** As short as it can be, for a URL. */
        String token() {
            return HexFormat.of().toHexDigits(key().hashCode()) + HexFormat.of().toHexDigits(target.hash());
        }
    }

    /** Throws {@link IllegalArgumentException} when the query asks for something there is not. */
    String answer(Query query) {
        int pageSize = pageSize(query.get("pageSize"));
        String state = query.get("state").toUpperCase(Locale.ROOT);
        if (!state.isEmpty()
                && Arrays.stream(TargetSnapshot.State.values())
                        .noneMatch(known -> known.name().equals(state))) {
            throw new IllegalArgumentException(
                    "state: " + query.get("state") + " (expected: up, down, pending, elsewhere, unowned or dropped)");
        }
        List<Row> all = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        insight.targetSources().forEach((receiver, source) -> {
            source.targets().forEach(target -> all.add(new Row(receiver, target)));
            source.targetProblems().forEach(problem -> problems.add(receiver + ": " + problem));
        });
        Map<String, Integer> counts = new TreeMap<>();
        all.forEach(row -> counts.merge(word(row.target().state()), 1, Integer::sum));
        List<Row> matching = all.stream()
                .filter(row -> matches(row, query, state))
                .sorted(Comparator.comparing(Row::key))
                .toList();
        int from = start(matching, query.get("pageToken"));
        List<Row> page = matching.subList(from, Math.min(matching.size(), from + pageSize));
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringProperty("time", Instant.now().toString());
            json.writeNumberProperty("matching", matching.size());
            json.writeName("counts");
            json.writeStartObject();
            counts.forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeName("problems");
            json.writeStartArray();
            problems.forEach(json::writeString);
            json.writeEndArray();
            json.writeName("targets");
            json.writeStartArray();
            page.forEach(row -> target(json, row));
            json.writeEndArray();
            if (from + page.size() < matching.size()) {
                json.writeStringProperty("nextPageToken", page.getLast().token());
            }
            json.writeEndObject();
        });
    }

    private static int pageSize(String text) {
        if (text.isEmpty()) {
            return USUAL_PAGE;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= LARGEST_PAGE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of range.
        }
        throw new IllegalArgumentException("pageSize: " + text + " (expected: 1.." + LARGEST_PAGE + ")");
    }

    private static int start(List<Row> rows, String token) {
        if (token.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).token().equals(token)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("pageToken: the target it stands for is gone; begin anew");
    }

    private static boolean matches(Row row, Query query, String state) {
        TargetSnapshot target = row.target();
        String text = query.get("target").toLowerCase(Locale.ROOT);
        return (query.get("job").isEmpty() || query.get("job").equals(target.job()))
                && (query.get("receiver").isEmpty()
                        || query.get("receiver").equals(row.receiver().toString()))
                && (state.isEmpty() || target.state().name().equals(state))
                && (text.isEmpty()
                        || target.url().toLowerCase(Locale.ROOT).contains(text)
                        || hasValue(target.labels(), text)
                        || target.state() == TargetSnapshot.State.DROPPED && hasValue(target.discovered(), text));
    }

    private static boolean hasValue(Map<String, String> labels, String text) {
        return labels.values().stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text));
    }

    private static String word(TargetSnapshot.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void target(JsonGenerator json, Row row) {
        TargetSnapshot target = row.target();
        json.writeStartObject();
        json.writeStringProperty("receiver", row.receiver().toString());
        json.writeStringProperty("job", target.job());
        json.writeStringProperty("url", target.url());
        json.writeStringProperty("state", word(target.state()));
        json.writeStringProperty("error", target.error());
        labels(json, "labels", target.labels());
        labels(json, "discoveredLabels", target.discovered());
        moment(json, "lastScrape", target.lastScrape());
        json.writeNumberProperty("lastDurationSeconds", target.lastDuration().toNanos() / 1e9);
        json.writeNumberProperty("lastAmount", target.lastAmount());
        moment(json, "nextScrape", target.nextScrape());
        if (target.owner() != null) {
            json.writeStringProperty("owner", target.owner());
        }
        moment(json, "ownedSince", target.ownedSince());
        if (target.predictedOwner() != null) {
            json.writeStringProperty("predictedOwner", target.predictedOwner());
        }
        json.writeEndObject();
    }

    private static void labels(JsonGenerator json, String name, Map<String, String> labels) {
        json.writeName(name);
        json.writeStartObject();
        new TreeMap<>(labels).forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void moment(JsonGenerator json, String name, @Nullable Instant moment) {
        if (moment != null) {
            json.writeStringProperty(name, moment.toString());
        }
    }
}
