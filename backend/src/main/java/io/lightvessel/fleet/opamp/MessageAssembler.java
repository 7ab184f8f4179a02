package io.lightvessel.fleet.opamp;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * Collects the pieces of one message, growing with what arrives: an idle connection holds nothing. Every byte is
 * taken from the budget before it is kept.
 */
final class MessageAssembler implements AutoCloseable {
    private final int limit;
    private final InboundBudget budget;
    private ByteString message = ByteString.EMPTY;
    private long held;

    MessageAssembler(int limit, InboundBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** What became of a piece. */
    enum Outcome {
        KEPT,
        TOO_LARGE,
        NO_BUDGET
    }

    Outcome add(ByteBuffer piece) {
        int size = piece.remaining();
        if ((long) message.size() + size > limit) {
            return Outcome.TOO_LARGE;
        }
        // Twice: the pieces, and the one array they are parsed from.
        if (!budget.tryAcquire(2L * size)) {
            return Outcome.NO_BUDGET;
        }
        held += 2L * size;
        message = message.concat(ByteString.copyFrom(piece));
        return Outcome.KEPT;
    }

    boolean isEmpty() {
        return message.isEmpty();
    }

    ByteBuffer message() {
        return message.asReadOnlyByteBuffer();
    }

    @Override
    public void close() {
        budget.release(held);
        held = 0;
        message = ByteString.EMPTY;
    }
}
