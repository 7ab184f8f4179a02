package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;

/**
 * What an export response says besides "received".
 *
 * @param rejected records the backend refused for good; zero with a message is a warning
 */
record PartialSuccess(long rejected, String message) {
    private static final PartialSuccess NONE = new PartialSuccess(0, "");
    private static final int PARTIAL_SUCCESS = 1 << 3 | ProtoWriter.LEN;
    private static final int REJECTED = 1 << 3 | ProtoWriter.VARINT;
    private static final int MESSAGE = 2 << 3 | ProtoWriter.LEN;

    /** An Export…ServiceResponse of this. */
    byte[] protobuf() {
        ProtoWriter out = new ProtoWriter(32 + message.length());
        int partial = out.begin(1);
        out.varint(1, rejected);
        out.string(2, message);
        out.end(partial);
        return out.toByteArray();
    }

    /** The same in OTLP's JSON, in which numbers of 64 bits are texts. */
    String json(Signal signal) {
        String name = switch (signal) {
            case TRACES -> "rejectedSpans";
            case METRICS -> "rejectedDataPoints";
            case LOGS -> "rejectedLogRecords";
            case PROFILES -> "rejectedProfiles";
        };
        return "{\"partialSuccess\":{\"" + name + "\":\"" + rejected + "\",\"errorMessage\":"
                + RpcStatus.quoted(message) + "}}";
    }

    /** Reads an Export…ServiceResponse; they all look alike. */
    static PartialSuccess of(byte[] response) throws MalformedPayload {
        if (response.length == 0) {
            return NONE;
        }
        long rejected = 0;
        String message = "";
        ProtoReader reader = new ProtoReader(Unpooled.wrappedBuffer(response));
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != PARTIAL_SUCCESS) {
                reader.skipField(tag);
                continue;
            }
            int outer = reader.enter();
            for (int field = reader.tag(); field != 0; field = reader.tag()) {
                switch (field) {
                    case REJECTED -> rejected = Math.max(0, reader.varint());
                    case MESSAGE -> message = reader.string();
                    default -> reader.skipField(field);
                }
            }
            reader.leave(outer);
        }
        return new PartialSuccess(rejected, message);
    }
}
