package io.lightvessel.gateway.otlp.json;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.MessageTable.Field;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Turns an OTLP JSON request into the protobuf wire bytes that the same request would have had. */
public final class JsonTranscoder {
    /** What protobuf readers accept by default; a deeper request would be refused by the next one anyway. */
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final ProtoWriter out;
    private final Scalars scalars;
    private int depth;

    private JsonTranscoder(JsonParser parser, ProtoWriter out) {
        this.parser = parser;
        this.out = out;
        this.scalars = new Scalars(parser, out);
    }

    /** Appends the protobuf of an export request of the signal. */
    public static void transcode(Signal signal, InputStream json, ProtoWriter out) throws MalformedJson {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJson("request body: " + found(parser) + " (expected: a JSON object)");
            }
            new JsonTranscoder(parser, out).message(OtlpTables.request(signal));
            if (parser.nextToken() != null) {
                throw new MalformedJson("request body: " + found(parser) + " after the end of the request");
            }
        } catch (JacksonException e) {
            throw new MalformedJson("request body is not JSON: " + e.getOriginalMessage());
        }
    }

    private void message(MessageTable table) throws MalformedJson {
        if (++depth > MAX_DEPTH) {
            throw new MalformedJson("nested deeper than " + MAX_DEPTH + " messages");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Field field = table.field(name);
            JsonToken token = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                if (field.repeated()) {
                    repeated(field);
                } else {
                    single(field);
                }
            }
        }
        depth--;
    }

    private void repeated(Field field) throws MalformedJson {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Scalars.unexpected(parser, "an array");
        }
        if (field.kind().wireType() == ProtoWriter.LEN) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                single(field);
            }
            return;
        }
        int mark = out.begin(field.number());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            scalars.value(field.kind());
        }
        out.end(mark);
    }

    private void single(Field field) throws MalformedJson {
        MessageTable nested = field.message();
        if (nested == null) {
            out.tag(field.number(), field.kind().wireType());
            scalars.value(field.kind());
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Scalars.unexpected(parser, "an object");
        }
        int mark = out.begin(field.number());
        message(nested);
        out.end(mark);
    }

    private static String found(JsonParser parser) {
        return parser.currentToken() == null ? "nothing" : Scalars.describe(parser);
    }
}
