package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class LineTextsFuzzTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int COMFORTABLE_DEPTH = 50;

    /** Jackson refuses some of them in names; here they are replaced. */
    private static final Pattern HALF_CHARACTER = Pattern.compile("\\\\u[dD][89a-fA-F]");

    /** What is taken for JSON is JSON to Jackson too, and the other way round, and what comes out is OTLP. */
    @Test
    void objects() {
        JsonText json = new JsonText(false);
        Attributes attributes = new Attributes();
        Fuzz.run(
                "json-line",
                20_000,
                input -> {
                    attributes.clear();
                    boolean taken = json.read(input, 0, input.length, attributes);
                    if (isText(input)
                            && !HALF_CHARACTER.matcher(new String(input, UTF_8)).find()) {
                        int depth = depth(input);
                        if (taken) {
                            assertThat(depth).as("Jackson's depth").isPositive();
                        } else {
                            assertThat(depth > 0 && depth < COMFORTABLE_DEPTH).isFalse();
                        }
                        return written(taken, attributes);
                    }
                    return refusedUnless(taken) + " not compared";
                },
                IllegalArgumentException.class);
    }

    @Test
    void pairs() {
        KeyValueText pairs = new KeyValueText((byte) '=', (byte) ' ');
        Attributes attributes = new Attributes();
        Fuzz.run(
                "logfmt",
                20_000,
                input -> {
                    attributes.clear();
                    boolean taken = pairs.read(input, 0, input.length, attributes);
                    return isText(input) ? written(taken, attributes) : refusedUnless(taken) + " not text";
                },
                IllegalArgumentException.class);
    }

    private static String written(boolean taken, Attributes attributes) throws Exception {
        refusedUnless(taken);
        ProtoBytes out = new ProtoBytes();
        attributes.writeAsFields(0x32, out);
        assertThat(out.size()).isEqualTo(attributes.sizeAsFields());
        LogRecord record = LogRecord.parseFrom(Arrays.copyOf(out.array(), out.size()));
        assertThat(record.getAttributesCount()).isEqualTo(attributes.count());
        return attributes.count() + " attributes";
    }

    private static String refusedUnless(boolean taken) {
        if (!taken) {
            throw new IllegalArgumentException("not taken");
        }
        return "taken";
    }

    private static boolean isText(byte[] input) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(input));
            // Jackson leaves out a byte order mark, and knows other encodings by their zeros.
            return input.length > 0 && input[0] != (byte) 0xEF && new String(input, UTF_8).indexOf(0) < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How deep an object is nested; 0 when it is none, or not the only thing there. */
    private static int depth(byte[] input) {
        int depth = 0;
        int deepest = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), input, 0, input.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            for (JsonToken token = JsonToken.START_OBJECT; token != null; token = parser.nextToken()) {
                if (depth == 0 && deepest > 0) {
                    return 0;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                deepest = Math.max(deepest, depth);
                if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
                    parser.getDoubleValue();
                }
            }
            return deepest;
        } catch (JacksonException e) {
            return 0;
        }
    }
}
