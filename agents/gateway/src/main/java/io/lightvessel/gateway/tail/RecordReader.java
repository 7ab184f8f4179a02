package io.lightvessel.gateway.tail;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes a request apart into records for people. Decodes and allocates as it likes, so keep it off the data path. */
public final class RecordReader {
    private static final int FIELD_1 = 1 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int FIELD_2 = 2 << 3 | WireReader.LENGTH_DELIMITED;

    private final Signal signal;
    private final ByteBuf bytes;
    private final Predicate<TelemetryRecord> visitor;
    private boolean done;

    private RecordReader(Signal signal, ByteBuf bytes, Predicate<TelemetryRecord> visitor) {
        this.signal = signal;
        this.bytes = bytes;
        this.visitor = visitor;
    }

    /**
     * Shows the visitor one record after another until it has seen enough. Of profiles little is shown, since what they
     * say lies in a dictionary.
     *
     * @param visitor false when it wants no more; what is left is not decoded
     */
    public static void read(Signal signal, ByteBuf request, Predicate<TelemetryRecord> visitor)
            throws MalformedPayload {
        RecordReader reader = new RecordReader(signal, request, visitor);
        WireReader in = new WireReader(request);
        while (in.hasMore() && !reader.done) {
            int tag = in.readTag();
            if (tag == FIELD_1) {
                int length = in.readLength();
                reader.group(in.position(), in.position() + length);
                in.skipBytes(length);
            } else {
                in.skip(tag);
            }
        }
    }

    /** A resource with its scopes; the resource may stand anywhere, so it is looked for first. */
    private void group(int from, int to) throws MalformedPayload {
        List<Field> resource = new ArrayList<>();
        WireReader in = new WireReader(bytes, from, to);
        while (in.hasMore()) {
            int tag = in.readTag();
            if (tag == FIELD_1) {
                resource(in, resource);
            } else {
                in.skip(tag);
            }
        }
        in = new WireReader(bytes, from, to);
        while (in.hasMore() && !done) {
            int tag = in.readTag();
            if (tag == FIELD_2) {
                int length = in.readLength();
                scope(in.position(), in.position() + length, resource);
                in.skipBytes(length);
            } else {
                in.skip(tag);
            }
        }
    }

    private void resource(WireReader in, List<Field> resource) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            if (tag == FIELD_1) {
                Values.attribute(bytes, in, resource);
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private void scope(int from, int to, List<Field> resource) throws MalformedPayload {
        String name = scopeName(from, to);
        WireReader in = new WireReader(bytes, from, to);
        while (in.hasMore() && !done) {
            int tag = in.readTag();
            if (tag != FIELD_2) {
                in.skip(tag);
                continue;
            }
            switch (signal) {
                case LOGS -> add(LogRecords.read(bytes, in), resource, name);
                case TRACES -> add(Spans.read(bytes, in), resource, name);
                case METRICS -> {
                    int length = in.readLength();
                    Metrics.read(bytes, in.position(), in.position() + length, point -> add(point, resource, name));
                    in.skipBytes(length);
                }
                case PROFILES -> {
                    Draft profile = new Draft();
                    int length = in.readLength();
                    profile.title = "profile of " + length + " bytes";
                    in.skipBytes(length);
                    add(profile, resource, name);
                }
            }
        }
    }

    private String scopeName(int from, int to) throws MalformedPayload {
        String name = "";
        WireReader in = new WireReader(bytes, from, to);
        while (in.hasMore()) {
            int tag = in.readTag();
            if (tag == FIELD_1) {
                name = scopeName(in);
            } else {
                in.skip(tag);
            }
        }
        return name;
    }

    private String scopeName(WireReader in) throws MalformedPayload {
        String name = "";
        String version = "";
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case FIELD_1 -> name = Values.text(bytes, in);
                case FIELD_2 -> version = Values.text(bytes, in);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return version.isEmpty() ? name : name + " " + version;
    }

    private boolean add(Draft draft, List<Field> resource, String scope) {
        done = !visitor.test(draft.finish(signal, resource, scope));
        return !done;
    }
}
