package io.lightvessel.conformance.cases;

import com.google.protobuf.CodedOutputStream;
import io.lightvessel.conformance.client.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests of logs that are all right but for their size or depth. */
final class LargeLogs {
    private static final byte[] PIECE = filled(64 * 1024);
    private static final int LENGTH_DELIMITED = 2;
    /** The fields from the request down to a string: resource_logs, scope_logs, log_records, body, string_value. */
    private static final int[] FIELDS = {1, 2, 2, 5, 1};

    private LargeLogs() {}

    private static byte[] filled(int size) {
        byte[] piece = new byte[size];
        Arrays.fill(piece, (byte) 'a');
        return piece;
    }

    /** One record whose text makes the request this long; in protobuf up to a few bytes more. */
    static Content of(Encoding encoding, long size) {
        List<byte[]> pieces = new ArrayList<>();
        if (encoding == Encoding.PROTOBUF) {
            pieces.add(head(FIELDS, size));
            text(pieces, size);
        } else {
            String[] around = Samples.logJson("{\"stringValue\":\"\0\"}").split("\0");
            pieces.add(around[0].getBytes(StandardCharsets.UTF_8));
            text(pieces, size);
            pieces.add(around[1].getBytes(StandardCharsets.UTF_8));
        }
        return new Content(List.copyOf(pieces));
    }

    private static void text(List<byte[]> pieces, long size) {
        for (long left = size; left > 0; left -= PIECE.length) {
            pieces.add(left >= PIECE.length ? PIECE : Arrays.copyOf(PIECE, (int) left));
        }
    }

    /** Tags and lengths of messages in each other, the innermost of which has this size. */
    private static byte[] head(int[] fields, long size) {
        byte[] head = new byte[0];
        for (int i = fields.length - 1; i >= 0; i--) {
            head = Packing.joined(prefix(fields[i], size + head.length), head);
        }
        return head;
    }

    private static byte[] prefix(int field, long length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeTag(field, LENGTH_DELIMITED);
            out.writeUInt64NoTag(length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A body of lists in lists. */
    static byte[] deepJson(int depth) {
        return Samples.logJson("{\"arrayValue\":{\"values\":[".repeat(depth) + "]}}".repeat(depth))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same in protobuf: array_value in values in array_value. */
    static byte[] deepProtobuf(int depth) {
        int[] fields = new int[4 + 2 * depth];
        System.arraycopy(FIELDS, 0, fields, 0, 4);
        for (int i = 4; i < fields.length; i += 2) {
            fields[i] = 5;
            fields[i + 1] = 1;
        }
        ArrayList<byte[]> prefixes = new ArrayList<>(fields.length);
        long size = 0;
        for (int i = fields.length - 1; i >= 0; i--) {
            byte[] prefix = prefix(fields[i], size);
            prefixes.add(prefix);
            size += prefix.length;
        }
        return Packing.joined(prefixes.reversed().toArray(byte[][]::new));
    }
}
