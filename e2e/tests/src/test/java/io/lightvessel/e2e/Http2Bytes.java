package io.lightvessel.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gRPC request written by hand, so that it can be wrong in ways that no client would send. */
final class Http2Bytes {

    static final byte[] PREFACE = Wire.join(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), frame(4, 0, 0, new byte[0]));

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final Pattern GRPC_STATUS = Pattern.compile("grpc-status.(\\d{1,2})", Pattern.DOTALL);

    private Http2Bytes() {}

    /** The start of a call to the trace service. */
    static byte[] open(String... moreHeaders) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
        header(block, ":authority", "localhost");
        header(block, "content-type", "application/grpc");
        header(block, "te", "trailers");
        for (int i = 0; i < moreHeaders.length; i += 2) {
            header(block, moreHeaders[i], moreHeaders[i + 1]);
        }
        return Wire.join(PREFACE, frame(HEADERS, END_HEADERS, 1, block.toByteArray()));
    }

    static byte[] data(byte[] body, boolean end) {
        return frame(DATA, end ? END_STREAM : 0, 1, body);
    }

    /** A gRPC message: a flag, a length that may lie, and the bytes. */
    static byte[] message(boolean packed, int declaredLength, byte[] body) {
        byte[] head = {
            (byte) (packed ? 1 : 0),
            (byte) (declaredLength >>> 24),
            (byte) (declaredLength >>> 16),
            (byte) (declaredLength >>> 8),
            (byte) declaredLength
        };
        return Wire.join(head, body);
    }

    /** The status among the response's bytes; headers of this size are not compressed by any server we know. */
    static Optional<Integer> grpcStatus(byte[] response) {
        Matcher matcher = GRPC_STATUS.matcher(new String(response, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] head = {
            (byte) (payload.length >>> 16),
            (byte) (payload.length >>> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            0,
            0,
            0,
            (byte) stream
        };
        return Wire.join(head, payload);
    }

    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }
}
