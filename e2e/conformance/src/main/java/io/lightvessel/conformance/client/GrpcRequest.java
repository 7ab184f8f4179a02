package io.lightvessel.conformance.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gRPC call as it is to be sent, legal or not.
 *
 * @param headers beside or instead of those of every call
 * @param body all bytes of the stream, prefixes of messages included; each piece goes into frames of its own
 * @param note what is special about it; empty when nothing is
 */
public record GrpcRequest(String path, Map<String, String> headers, Content body, String note) {

    public static GrpcRequest of(String path, byte[] message) {
        return new GrpcRequest(path, Map.of(), Content.of(framed(0, message)), "");
    }

    /** A compressed message with the name of its compression. */
    public static GrpcRequest packed(String path, String encoding, byte[] message) {
        return new GrpcRequest(path, Map.of("grpc-encoding", encoding), Content.of(framed(1, message)), "");
    }

    /** A message behind its prefix of a flag and a length. */
    public static byte[] framed(int flag, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** The same for a message in pieces. */
    public static Content framed(Content message) {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(ByteBuffer.allocate(5)
                .put((byte) 0)
                .putInt((int) message.length())
                .array());
        pieces.addAll(message.pieces());
        return new Content(pieces);
    }

    public GrpcRequest with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new GrpcRequest(path, Map.copyOf(more), body, note);
    }

    public GrpcRequest withBody(Content other) {
        return new GrpcRequest(path, headers, other, note);
    }

    public GrpcRequest noted(String what) {
        return new GrpcRequest(path, headers, body, what);
    }

    /** The call on one line. */
    public String describe() {
        StringBuilder line = new StringBuilder(path);
        new TreeMap<>(headers)
                .forEach((name, value) ->
                        line.append(", ").append(name).append(": ").append(value));
        line.append(", ").append(body.length()).append(" bytes");
        return note.isEmpty()
                ? line.toString()
                : line.append(" (").append(note).append(')').toString();
    }
}
