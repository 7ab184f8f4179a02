package io.lightvessel.gateway.grpc;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Finds the delay a server asks for in {@code grpc-status-details-bin}. */
final class RetryInfo {
    private static final int DETAILS = 3 << 3 | ProtoWriter.LEN;
    private static final int FIRST = 1 << 3 | ProtoWriter.LEN;
    private static final int SECOND = 2 << 3 | ProtoWriter.LEN;
    private static final int SECONDS = 1 << 3 | ProtoWriter.VARINT;
    private static final int NANOS = 2 << 3 | ProtoWriter.VARINT;

    private RetryInfo() {}

    /** Null when there is none, or when the details are damaged: a status counts without them too. */
    static @Nullable Duration delay(CharSequence base64) {
        try {
            byte[] status = Base64.getDecoder().decode(base64.toString());
            ProtoReader reader = new ProtoReader(Unpooled.wrappedBuffer(status));
            for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
                if (tag == DETAILS) {
                    int outer = reader.enter();
                    Duration delay = any(reader);
                    reader.leave(outer);
                    if (delay != null) {
                        return delay;
                    }
                } else {
                    reader.skipField(tag);
                }
            }
            return null;
        } catch (IllegalArgumentException | MalformedPayload e) {
            return null;
        }
    }

    private static @Nullable Duration any(ProtoReader reader) throws MalformedPayload {
        boolean retryInfo = false;
        Duration delay = Duration.ZERO;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == FIRST) {
                retryInfo = reader.string().endsWith("/google.rpc.RetryInfo");
            } else if (tag == SECOND && retryInfo) {
                int outer = reader.enter();
                delay = info(reader);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        return retryInfo ? delay : null;
    }

    private static Duration info(ProtoReader reader) throws MalformedPayload {
        long seconds = 0;
        long nanos = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != FIRST) {
                reader.skipField(tag);
                continue;
            }
            int outer = reader.enter();
            for (int inner = reader.tag(); inner != 0; inner = reader.tag()) {
                switch (inner) {
                    case SECONDS -> seconds = reader.varint();
                    case NANOS -> nanos = reader.varint();
                    default -> reader.skipField(inner);
                }
            }
            reader.leave(outer);
        }
        // A server's wish beyond a day is a mistake; negative ones are too.
        Duration delay = Duration.ofSeconds(Math.clamp(seconds, 0, 86_400), Math.clamp(nanos, 0, 999_999_999));
        return delay;
    }
}
