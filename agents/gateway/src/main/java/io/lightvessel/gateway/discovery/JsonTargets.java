package io.lightvessel.gateway.discovery;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a list of target groups in JSON: {@code [{"targets": ["host:port"], "labels": {"name": "value"}}]}. */
final class JsonTargets {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final GroupNames names;
    private String path = "";

    private JsonTargets(JsonParser parser, GroupNames names) {
        this.parser = parser;
        this.names = names;
    }

    static List<TargetGroup> read(InputStream in, GroupNames names) throws MalformedTargets {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            return new JsonTargets(parser, names).groups();
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new MalformedTargets((line > 0 ? "line " + line + ": " : "") + "no JSON: " + e.getOriginalMessage());
        }
    }

    private List<TargetGroup> groups() throws MalformedTargets {
        expect(parser.nextToken(), JsonToken.START_ARRAY, "a list of target groups");
        List<TargetGroup> groups = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            path = "group " + groups.size() + ": ";
            expect(parser.currentToken(), JsonToken.START_OBJECT, "targets and labels");
            groups.add(group(groups.size()));
        }
        path = "";
        expect(parser.nextToken(), null, "the end");
        return groups;
    }

    private TargetGroup group(int index) throws MalformedTargets {
        List<String> targets = List.of();
        Map<String, String> labels = Map.of();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (key) {
                case "targets" -> targets = targets(token);
                case "labels" -> labels = labels(token);
                default -> throw malformed("'" + key + "'", "targets and labels");
            }
        }
        return names.group(index, targets, labels);
    }

    private List<String> targets(JsonToken first) throws MalformedTargets {
        expect(first, JsonToken.START_ARRAY, "a list of targets");
        List<String> targets = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.VALUE_STRING, "host:port");
            targets.add(parser.getString());
        }
        return targets;
    }

    private Map<String, String> labels(JsonToken first) throws MalformedTargets {
        expect(first, JsonToken.START_OBJECT, "labels");
        Map<String, String> labels = new HashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            expect(parser.nextToken(), JsonToken.VALUE_STRING, "a text for label '" + name + "'");
            labels.put(name, parser.getString());
        }
        return labels;
    }

    private void expect(@Nullable JsonToken found, @Nullable JsonToken expected, String words) throws MalformedTargets {
        if (found != expected) {
            throw malformed(found == null ? "the end" : describe(found), words);
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NULL -> "null";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> token.toString();
        };
    }

    private MalformedTargets malformed(String found, String expected) {
        return new MalformedTargets("line " + parser.currentTokenLocation().getLineNr() + ": " + path + found
                + " (expected: " + expected + ")");
    }
}
