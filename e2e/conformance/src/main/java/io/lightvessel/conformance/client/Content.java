package io.lightvessel.conformance.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A body, in pieces that are sent one after another. The same array may stand in it often: a body of many megabytes
 * then takes no more memory than its piece.
 */
public record Content(List<byte[]> pieces) {
    public static final Content NONE = new Content(List.of());

    public static Content of(byte[] bytes) {
        return new Content(List.of(bytes));
    }

    public long length() {
        return pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    public void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }
}
