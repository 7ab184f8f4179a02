package io.lightvessel.fleet.opamp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a request body within limits of size and time, unpacking gzip on the way. */
final class BodyReader {
    private static final int PIECE = 16 * 1024;

    private final int limit;
    private final Duration patience;

    BodyReader(int limit, Duration patience) {
        this.limit = limit;
        this.patience = patience;
    }

    /** Fills the assembler; null, or what was wrong. */
    @Nullable
    Problem read(InputStream raw, @Nullable String encoding, MessageAssembler into) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        InputStream timed = new DeadlineStream(raw, deadline);
        try (InputStream body = unpacked(timed, encoding)) {
            if (body == null) {
                return Problem.unsupportedMediaType(
                        "content-encoding: " + encoding + " (expected: gzip, or none at all)");
            }
            byte[] piece = new byte[PIECE];
            for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
                switch (into.add(ByteBuffer.wrap(piece, 0, n))) {
                    case KEPT -> {}
                    case TOO_LARGE -> {
                        return Problem.tooLarge(limit);
                    }
                    case NO_BUDGET -> {
                        return Problem.busy();
                    }
                }
            }
            return null;
        } catch (SocketTimeoutException e) {
            return Problem.timedOut(patience);
        } catch (ZipException e) {
            return Problem.badRequest("body: no gzip stream: " + e.getMessage());
        } catch (EOFException e) {
            return Problem.badRequest("body: ends early");
        }
    }

    private static @Nullable InputStream unpacked(InputStream raw, @Nullable String encoding) throws IOException {
        if (encoding == null) {
            return raw;
        }
        return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> raw;
            case "gzip" -> new GZIPInputStream(raw, PIECE);
            default -> null;
        };
    }

    /** Ends a body that trickles in: the socket's own timeout starts anew with every byte. */
    private static final class DeadlineStream extends InputStream {
        private final InputStream raw;
        private final long deadline;

        DeadlineStream(InputStream raw, long deadline) {
            this.raw = raw;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            checkDeadline();
            return raw.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            checkDeadline();
            return raw.read(into, offset, length);
        }

        private void checkDeadline() throws SocketTimeoutException {
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("the whole body took too long");
            }
        }
    }
}
