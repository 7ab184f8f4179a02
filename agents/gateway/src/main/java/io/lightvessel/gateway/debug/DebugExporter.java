package io.lightvessel.gateway.debug;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.JsonRenderer;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes how much of what it got to the log, and if asked from which resources or all of it. */
final class DebugExporter implements Exporter {
    enum Verbosity {
        BASIC,
        NORMAL,
        DETAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(DebugExporter.class);
    private static final int FIELD_1 = 1 << 3 | ProtoWriter.LEN;
    private static final int MOST_RESOURCES = 20;
    private static final int LONGEST_RESOURCE = 1_000;
    private static final int LONGEST_REQUEST = 64 * 1024;

    private final String id;
    private final Verbosity verbosity;

    DebugExporter(String id, Verbosity verbosity) {
        this.id = id;
        this.verbosity = verbosity;
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
            switch (verbosity) {
                case BASIC -> {
                    // The line above is all there is.
                }
                case NORMAL -> resources(payload).forEach(resource -> LOG.info("{}:   {}", id, resource));
                case DETAILED ->
                    LOG.info("{}:   {}", id, JsonRenderer.render(payload.signal(), payload.bytes(), LONGEST_REQUEST));
            }
        } catch (MalformedPayload e) {
            LOG.info("{}:   a record cannot be read: {}", id, e.getMessage());
        } finally {
            payload.release();
        }
        delivery.delivered();
    }

    /** The first resources, each as JSON. */
    static List<String> resources(Payload payload) throws MalformedPayload {
        List<String> shown = new ArrayList<>();
        ProtoReader reader = new ProtoReader(payload.bytes());
        for (int tag = reader.tag(); tag != 0 && shown.size() < MOST_RESOURCES; tag = reader.tag()) {
            if (tag != FIELD_1 || payload.signal() == Signal.PROFILES) {
                reader.skipField(tag);
                continue;
            }
            int request = reader.enter();
            for (int inner = reader.tag(); inner != 0; inner = reader.tag()) {
                if (inner == FIELD_1) {
                    int length = reader.length();
                    shown.add(
                            JsonRenderer.resource(payload.bytes().slice(reader.position(), length), LONGEST_RESOURCE));
                    reader.skip(length);
                } else {
                    reader.skipField(inner);
                }
            }
            reader.leave(request);
        }
        return shown;
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
