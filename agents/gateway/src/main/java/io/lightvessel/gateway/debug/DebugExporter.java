package io.lightvessel.gateway.debug;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes how much of what it got to the log, and with verbosity normal from which resources. */
final class DebugExporter implements Exporter {
    private static final Logger LOG = LoggerFactory.getLogger(DebugExporter.class);
    private static final int FIELD_1 = 1 << 3 | ProtoWriter.LEN;
    private static final int FIELD_2 = 2 << 3 | ProtoWriter.LEN;
    private static final int MOST_SHOWN = 20;

    private final String id;
    private final boolean resources;

    DebugExporter(String id, boolean resources) {
        this.id = id;
        this.resources = resources;
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        try {
            LOG.info(
                    "{}: {} {}, {} bytes",
                    id,
                    payload.records(),
                    payload.signal().label(),
                    payload.size());
            if (resources) {
                for (String resource : resources(payload)) {
                    LOG.info("{}:   {}", id, resource);
                }
            }
        } catch (MalformedPayload e) {
            LOG.info("{}:   a resource cannot be read: {}", id, e.getMessage());
        } finally {
            payload.release();
        }
        delivery.delivered();
    }

    /** The string attributes of each resource, as {@code key=value}. */
    static List<String> resources(Payload payload) throws MalformedPayload {
        List<String> shown = new ArrayList<>();
        ProtoReader reader = new ProtoReader(payload.bytes());
        for (int tag = reader.tag(); tag != 0 && shown.size() < MOST_SHOWN; tag = reader.tag()) {
            if (tag != FIELD_1) {
                reader.skipField(tag);
                continue;
            }
            int request = reader.enter();
            for (int inner = reader.tag(); inner != 0; inner = reader.tag()) {
                if (inner == FIELD_1) {
                    int resource = reader.enter();
                    shown.add(attributes(reader));
                    reader.leave(resource);
                } else {
                    reader.skipField(inner);
                }
            }
            reader.leave(request);
        }
        return shown;
    }

    private static String attributes(ProtoReader reader) throws MalformedPayload {
        StringBuilder text = new StringBuilder("resource");
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != FIELD_1) {
                reader.skipField(tag);
                continue;
            }
            int attribute = reader.enter();
            for (int field = reader.tag(); field != 0; field = reader.tag()) {
                if (field == FIELD_1) {
                    text.append(' ').append(reader.string()).append('=');
                } else if (field == FIELD_2) {
                    int value = reader.enter();
                    int kind = reader.tag();
                    text.append(kind == FIELD_1 ? reader.string() : "(no string)");
                    reader.leave(value);
                } else {
                    reader.skipField(field);
                }
            }
            reader.leave(attribute);
        }
        return text.toString();
    }

    @Override
    public String endpoint() {
        return "log";
    }

    @Override
    public void stop(Duration grace) {
        // Nothing is under way when export returns.
    }
}
