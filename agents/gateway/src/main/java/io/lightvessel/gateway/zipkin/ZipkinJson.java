package io.lightvessel.gateway.zipkin;

import io.lightvessel.gateway.net.CorruptData;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads Zipkin's JSON, version 2: a list of spans. Keys it does not know are skipped, as Zipkin's own reader does. */
final class ZipkinJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private String path = "";

    private ZipkinJson(JsonParser parser) {
        this.parser = parser;
    }

    /** Hands on each span as it has been read. */
    static void read(InputStream in, Consumer<ZipkinSpan> spans) throws CorruptData {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            new ZipkinJson(parser).list(spans);
        } catch (JacksonException e) {
            throw new CorruptData("request body is not JSON: " + e.getOriginalMessage());
        }
    }

    private void list(Consumer<ZipkinSpan> spans) throws CorruptData {
        parser.nextToken();
        expect(JsonToken.START_ARRAY, "request body", "a list of spans");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            path = "span " + i;
            expect(JsonToken.START_OBJECT, path, "an object");
            spans.accept(span());
        }
        if (parser.nextToken() != null) {
            throw new CorruptData("request body: something after the list of spans (expected: its end)");
        }
    }

    private ZipkinSpan span() throws CorruptData {
        ZipkinSpan span = new ZipkinSpan();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "traceId" -> traceId(span);
                case "parentId" -> span.parentId = id(text(name), name);
                case "id" -> span.id = id(text(name), name);
                case "kind" -> span.kind = text(name);
                case "name" -> span.name = text(name);
                case "timestamp" -> span.timestamp = time(name);
                case "duration" -> span.duration = time(name);
                case "localEndpoint" -> span.local = place(name);
                case "remoteEndpoint" -> span.remote = place(name);
                case "annotations" -> annotations(span);
                case "tags" -> tags(span);
                default -> parser.skipChildren();
            }
        }
        if (span.traceIdHigh == 0 && span.traceIdLow == 0) {
            throw new CorruptData(path + ": no traceId (expected: 1 to 32 hex digits, not all zero)");
        }
        if (span.id == 0) {
            throw new CorruptData(path + ": no id (expected: 1 to 16 hex digits, not all zero)");
        }
        return span;
    }

    private void traceId(ZipkinSpan span) throws CorruptData {
        String text = text("traceId");
        int split = Math.max(0, text.length() - 16);
        if (text.length() > 32) {
            throw new CorruptData(
                    path + ": traceId of " + text.length() + " characters (expected: 1 to 32 hex digits)");
        }
        span.traceIdHigh = split == 0 ? 0 : id(text.substring(0, split), "traceId");
        span.traceIdLow = id(text.substring(split), "traceId");
    }

    private long id(String text, String name) throws CorruptData {
        if (!text.isEmpty() && text.length() <= 16) {
            try {
                return HexFormat.fromHexDigitsToLong(text);
            } catch (IllegalArgumentException e) {
                // Falls through to the one sentence for all that is none.
            }
        }
        throw new CorruptData(path + ": " + name + " is none (expected: 1 to 16 hex digits)");
    }

    private String text(String name) throws CorruptData {
        expect(JsonToken.VALUE_STRING, path + ": " + name, "a text");
        return parser.getString();
    }

    private long time(String name) throws CorruptData {
        expect(JsonToken.VALUE_NUMBER_INT, path + ": " + name, "microseconds as a whole number");
        long micros;
        try {
            micros = parser.getLongValue();
        } catch (JacksonException e) {
            throw new CorruptData(path + ": " + name + " is too large (expected: microseconds)");
        }
        if (micros < 0 || micros > Long.MAX_VALUE / 1000) {
            throw new CorruptData(path + ": " + name + ": " + micros + " (expected: microseconds, 0 or more)");
        }
        return micros;
    }

    private ZipkinSpan.Place place(String what) throws CorruptData {
        expect(JsonToken.START_OBJECT, path + ": " + what, "an object");
        String service = "";
        String ip = "";
        int port = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "serviceName" -> service = text(what + "." + name);
                // IPv4 wins, as in Zipkin's own reading of an endpoint with both.
                case "ipv4" -> ip = text(what + "." + name);
                case "ipv6" -> ip = ip.isEmpty() ? text(what + "." + name) : ip;
                case "port" -> {
                    expect(JsonToken.VALUE_NUMBER_INT, path + ": " + what + ".port", "a port");
                    port = (int) Math.clamp(parser.getLongValue(), 0, 65_535);
                }
                default -> parser.skipChildren();
            }
        }
        return new ZipkinSpan.Place(service, ip, port);
    }

    private void annotations(ZipkinSpan span) throws CorruptData {
        expect(JsonToken.START_ARRAY, path + ": annotations", "a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT, path + ": annotations", "objects");
            long timestamp = 0;
            String value = "";
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestamp = time("annotations.timestamp");
                    case "value" -> value = text("annotations.value");
                    default -> parser.skipChildren();
                }
            }
            span.annotations.add(new ZipkinSpan.Annotation(timestamp, value));
        }
    }

    private void tags(ZipkinSpan span) throws CorruptData {
        expect(JsonToken.START_OBJECT, path + ": tags", "an object");
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            span.tags.put(name, text("tags." + shortened(name)));
        }
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "...";
    }

    private void expect(JsonToken wanted, String where, String expected) throws CorruptData {
        if (parser.currentToken() != wanted) {
            throw new CorruptData(where + ": " + found() + " (expected: " + expected + ")");
        }
    }

    private String found() {
        JsonToken token = parser.currentToken();
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT, END_OBJECT -> "an object";
                    case START_ARRAY, END_ARRAY -> "a list";
                    case VALUE_STRING -> "a text";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "a truth value";
                    case VALUE_NULL -> "null";
                    case PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> token.toString();
                };
    }
}
