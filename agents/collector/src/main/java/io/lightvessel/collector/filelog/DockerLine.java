package io.lightvessel.collector.filelog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads lines of Docker's json-file driver: {@code {"log":"text\n","stream":"stdout","time":"…"}}. */
final class DockerLine {
    private static final JsonFactory JSON = new JsonFactory();

    private DockerLine() {}

    /** False when it is no such line. */
    static boolean read(byte[] bytes, int from, int length, LogLine line) {
        String log = null;
        String stream = "";
        long time = Rfc3339.INVALID;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                boolean text = json.nextToken() == JsonToken.VALUE_STRING;
                if (!text) {
                    json.skipChildren();
                } else if (name.equals("log")) {
                    log = json.getString();
                } else if (name.equals("stream")) {
                    stream = json.getString();
                } else if (name.equals("time")) {
                    byte[] value = json.getString().getBytes(StandardCharsets.UTF_8);
                    time = Rfc3339.nanos(value, 0, value.length);
                }
            }
        } catch (JacksonException e) {
            return false;
        }
        return fill(log, stream, time, line);
    }

    private static boolean fill(@Nullable String log, String stream, long time, LogLine line) {
        if (log == null || time == Rfc3339.INVALID) {
            return false;
        }
        boolean complete = log.endsWith("\n");
        byte[] text = log.getBytes(StandardCharsets.UTF_8);
        line.stream = stream;
        line.timeUnixNano = time;
        line.partial = !complete;
        line.text(text, 0, complete ? text.length - 1 : text.length);
        return true;
    }
}
