package io.lightvessel.gateway.server;

import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.net.Coding;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One unary call: takes its single message apart from the stream and answers when the pipelines have it. */
final class GrpcCall implements Answer, Runnable {
    private static final int PREFIX = 5;
    /** The rest of a refused message is dropped up to here; more is not waited for, and the stream is reset. */
    private static final long DROPPED_AT_MOST = 4 << 20;

    private static final byte[] NO_RESPONSE = new byte[0];

    private final GrpcConnection connection;
    private final int streamId;
    private final GrpcService service;
    private final Submission submission;
    private final long startNanos;
    private final long deadlineNanos;

    private int prefixBytes;
    private boolean packed;
    private long length;
    private @Nullable RequestBody body;
    private @Nullable Refusal turnedAway;
    private long dropped;
    private boolean bodyComplete;
    private boolean answered;
    private byte[] response = NO_RESPONSE;
    private volatile @Nullable Refusal refusal;

    GrpcCall(
            GrpcConnection connection,
            int streamId,
            GrpcService service,
            Submission submission,
            long startNanos,
            long deadlineNanos) {
        this.connection = connection;
        this.streamId = streamId;
        this.service = service;
        this.submission = submission;
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    void data(ByteBuf data, boolean end) {
        while (!answered && prefixBytes < PREFIX && data.isReadable()) {
            prefix(data.readUnsignedByte());
        }
        if (answered) {
            return;
        }
        if (prefixBytes == PREFIX) {
            content(data);
        }
        Refusal why = turnedAway;
        if (why != null && (end || dropped > length)) {
            answer(why);
        } else if (end && !answered) {
            end();
        }
    }

    private void prefix(int value) {
        if (prefixBytes++ == 0) {
            packed = value == 1;
            if (value > 1) {
                fail(GrpcStatus.INVALID_ARGUMENT, "message flag: " + value + " (expected: 0 or 1)");
            } else if (packed && submission.coding() == Coding.IDENTITY) {
                fail(GrpcStatus.INTERNAL, "the message is compressed but grpc-encoding names no compression");
            }
            return;
        }
        length = length << 8 | value;
        if (prefixBytes == PREFIX) {
            open();
        }
    }

    private void open() {
        Intake intake = submission.intake();
        if (length > intake.maxBodyBytes()) {
            turnAway(Refusal.permanent(
                    DropReason.TOO_LARGE,
                    "the message has " + length + " bytes (expected: " + intake.maxBodyBytes() + " or fewer)"));
            return;
        }
        body = RequestBody.open(
                intake.budget(),
                submission.visitor().client(),
                connection.allocator(),
                (int) length,
                intake.maxBodyBytes(),
                connection.arrivals());
        if (body == null) {
            turnAwayForNow(intake.overBudget(length));
        }
    }

    private void content(ByteBuf data) {
        RequestBody target = body;
        int arrived = data.readableBytes();
        if (turnedAway != null) {
            dropped += arrived;
            return;
        }
        if (target == null || arrived == 0) {
            return;
        }
        if (target.size() + (long) arrived > length) {
            fail(GrpcStatus.INVALID_ARGUMENT, "more than one message (expected: one, of " + length + " bytes)");
        } else if (!target.append(data, arrived)) {
            dropped = target.size() + (long) arrived;
            turnAwayForNow(submission.intake().overBudget(length));
        }
    }

    private void end() {
        RequestBody complete = body;
        if (complete == null || complete.size() < length) {
            int arrived = complete == null ? 0 : complete.size();
            fail(
                    GrpcStatus.INVALID_ARGUMENT,
                    prefixBytes < PREFIX
                            ? "the stream ended without a message"
                            : "the stream ended after " + arrived + " bytes of a message of " + length);
            return;
        }
        body = null;
        bodyComplete = true;
        Submission as = packed ? submission : submission.unpacked();
        as.submit(complete, this);
    }

    /** Looks at the clock for this call. */
    void check(long nowNanos) {
        if (answered) {
            return;
        }
        if (deadlineNanos != Long.MAX_VALUE && nowNanos - deadlineNanos > 0) {
            fail(GrpcStatus.DEADLINE_EXCEEDED, "the deadline of the call is over");
        } else if (!bodyComplete && submission.intake().timeouts().isBodyLate(nowNanos - startNanos, arrived())) {
            Refusal why = turnedAway;
            if (why == null) {
                turnAway(Intake.late("message"));
            } else {
                answer(why);
            }
        }
    }

    @Override
    public void accepted() {
        connection.execute(this);
    }

    @Override
    public void partlyAccepted(long rejected, String message) {
        response = service.partialSuccess(rejected, message);
        connection.execute(this);
    }

    @Override
    public void refused(Refusal why) {
        refusal = why;
        connection.execute(this);
    }

    /** Writes the pipelines' answer, on the connection's event loop. */
    @Override
    public void run() {
        if (answered) {
            return;
        }
        Refusal why = refusal;
        if (why == null) {
            answered = true;
            connection.writeSuccess(streamId, response);
        } else {
            answer(why);
        }
    }

    /** The stream is gone, answered or not. */
    void closed() {
        answered = true;
        drop();
    }

    private long arrived() {
        return body == null ? dropped : body.size();
    }

    /**
     * Refuses when the message has ended, dropping what comes until then. An answer before that makes either side reset
     * the stream, and HTTP/2 implementations close connections with many resets: under an overload, all of them.
     */
    private void turnAwayForNow(Refusal why) {
        if (length > DROPPED_AT_MOST) {
            turnAway(why);
            return;
        }
        submission.service().outlet().turnedAway(why.reason());
        turnedAway = why;
        drop();
    }

    private void turnAway(Refusal why) {
        submission.service().outlet().turnedAway(why.reason());
        answer(why);
    }

    private void answer(Refusal why) {
        fail(Statuses.grpc(why), why.message(), Statuses.retryDelay(why));
    }

    private void fail(GrpcStatus status, String message) {
        if (status == GrpcStatus.INVALID_ARGUMENT || status == GrpcStatus.INTERNAL) {
            submission.service().outlet().turnedAway(DropReason.MALFORMED);
        }
        fail(status, message, null);
    }

    private void fail(GrpcStatus status, String message, @Nullable Duration retryDelay) {
        answered = true;
        drop();
        connection.writeError(streamId, GrpcReplies.error(status, message, retryDelay));
    }

    private void drop() {
        RequestBody rest = body;
        body = null;
        if (rest != null) {
            rest.release();
        }
    }
}
