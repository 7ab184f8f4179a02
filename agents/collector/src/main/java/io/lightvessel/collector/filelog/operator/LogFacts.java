package io.lightvessel.collector.filelog.operator;

import java.util.Map;

/** What all lines of a log have in common: attributes of their resource, and of each record. */
public record LogFacts(Map<String, String> resource, Map<String, String> attributes) {

    public LogFacts {
        resource = Map.copyOf(resource);
        attributes = Map.copyOf(attributes);
    }

    public static LogFacts none() {
        return new LogFacts(Map.of(), Map.of());
    }
}
