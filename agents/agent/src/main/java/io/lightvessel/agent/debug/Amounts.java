package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.Count;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes counts and rates under the names all views use. */
final class Amounts {
    private Amounts() {}

    static void count(JsonGenerator json, Count count) {
        json.writeNumberProperty("records", count.records());
        json.writeNumberProperty("bytes", count.bytes());
    }

    static void count(JsonGenerator json, String name, Count count) {
        json.writeName(name);
        json.writeStartObject();
        count(json, count);
        json.writeEndObject();
    }

    /** Nothing while the rate is not known. */
    static void rate(JsonGenerator json, Optional<Rates.Rate> rate) {
        rate.ifPresent(known -> {
            json.writeNumberProperty("recordsPerSecond", rounded(known.records()));
            json.writeNumberProperty("bytesPerSecond", rounded(known.bytes()));
        });
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
