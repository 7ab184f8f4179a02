package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What the profiler saw in the last minutes: processes by how much they ran, and one graph of their stacks. */
final class ProfilesView {
    private static final int USUAL_MINUTES = 5;
    private static final int MOST_MINUTES = 60;
    private static final int MOST_NODES = 3000;

    private final Insight insight;

    ProfilesView(Insight insight) {
        this.insight = insight;
    }

    /** Throws {@link IllegalArgumentException} when the query asks for something there is not. */
    String answer(Query query) {
        ProfileQuery wanted = new ProfileQuery(
                query.get("service"),
                query.get("process"),
                Duration.ofMinutes(minutes(query.get("minutes"))),
                MOST_NODES);
        List<String> problems = new ArrayList<>();
        ProfileSnapshot shown = null;
        for (var source : insight.profileSources().entrySet()) {
            ProfileSnapshot snapshot = source.getValue().profiles(wanted);
            snapshot.problems().forEach(problem -> problems.add(source.getKey() + ": " + problem));
            // Two profilers on one machine see the same, so one is enough.
            shown = shown == null || shown.to() == null ? snapshot : shown;
        }
        return json(shown, problems);
    }

    private static int minutes(String text) {
        if (text.isEmpty()) {
            return USUAL_MINUTES;
        }
        try {
            int minutes = Integer.parseInt(text);
            if (minutes >= 1 && minutes <= MOST_MINUTES) {
                return minutes;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number out of range.
        }
        throw new IllegalArgumentException("minutes: " + text + " (expected: 1.." + MOST_MINUTES + ")");
    }

    private static String json(@Nullable ProfileSnapshot snapshot, List<String> problems) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeBooleanProperty("profiles", snapshot != null);
            json.writeName("problems");
            json.writeStartArray();
            problems.forEach(json::writeString);
            json.writeEndArray();
            if (snapshot != null) {
                if (snapshot.from() != null && snapshot.to() != null) {
                    json.writeStringProperty("from", snapshot.from().toString());
                    json.writeStringProperty("to", snapshot.to().toString());
                }
                json.writeNumberProperty("samples", snapshot.samples());
                json.writeNumberProperty("left", snapshot.graph().left());
                processes(json, snapshot.processes());
                graph(json, snapshot.graph());
            }
            json.writeEndObject();
        });
    }

    private static void processes(JsonGenerator json, List<ProfileSnapshot.ProcessShare> processes) {
        json.writeName("processes");
        json.writeStartArray();
        for (ProfileSnapshot.ProcessShare process : processes) {
            json.writeStartObject();
            json.writeStringProperty("key", process.key());
            json.writeNumberProperty("cpuSeconds", process.cpuNanos() / 1e9);
            json.writeName("labels");
            json.writeStartObject();
            new TreeMap<>(process.labels()).forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Names once each; a node is the number of its name, its depth, and its nanoseconds with and without callees. */
    private static void graph(JsonGenerator json, FlameGraph graph) {
        Map<String, Integer> names = new LinkedHashMap<>();
        json.writeName("nodes");
        json.writeStartArray();
        for (FlameGraph.Node node : graph.nodes()) {
            json.writeStartArray();
            json.writeNumber(names.computeIfAbsent(node.name(), _ -> names.size()));
            json.writeNumber(node.depth());
            json.writeNumber(node.total());
            json.writeNumber(node.self());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeName("names");
        json.writeStartArray();
        names.keySet().forEach(json::writeString);
        json.writeEndArray();
    }
}
