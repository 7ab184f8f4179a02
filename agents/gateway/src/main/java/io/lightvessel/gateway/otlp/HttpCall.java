package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One OTLP/HTTP request: checks what its headers say, takes its body in, and answers once. */
final class HttpCall implements Result {
    private final Submission submission;
    private final long startNanos = System.nanoTime();
    private final RequestBody body;
    private final Consumer<HttpReply> answer;
    private boolean bodyTaken;

    private HttpCall(Submission submission, RequestBody body, Consumer<HttpReply> answer) {
        this.submission = submission;
        this.body = body;
        this.answer = answer;
    }

    /** Null when the headers alone already earned an answer, which has then been given. */
    static @Nullable HttpCall open(
            HttpRequest request, Intake intake, ByteBufAllocator allocator, Consumer<HttpReply> answer) {
        String path = path(request.uri());
        boolean json = isJson(contentType(request));
        Signal signal = intake.httpPaths().get(path);
        if (signal == null) {
            answer.accept(HttpReply.error(
                    404,
                    "path: " + path + " (expected: one of "
                            + intake.httpPaths().keySet().stream().sorted().toList() + ")",
                    json));
            return null;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            answer.accept(HttpReply.error(405, "method: " + request.method() + " (expected: POST)", json));
            return null;
        }
        if (!json && !contentType(request).equals(HttpReply.PROTOBUF)) {
            answer.accept(HttpReply.error(
                    415,
                    "content-type: '" + contentType(request)
                            + "' (expected: application/x-protobuf or application/json)",
                    json));
            return null;
        }
        Coding coding = coding(request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
        if (coding == null) {
            answer.accept(HttpReply.error(
                    415,
                    "content-encoding: '"
                            + request.headers().get(HttpHeaderNames.CONTENT_ENCODING)
                            + "' (expected: gzip, deflate or identity)",
                    json));
            return null;
        }
        Outlet outlet = intake.outlet(signal);
        if (!outlet.isConnected()) {
            answer.accept(HttpReply.error(404, "no pipeline takes " + signal.label() + " from this receiver", json));
            return null;
        }
        long announced = announcedLength(request);
        Submission submission = new Submission(intake, signal, coding, json);
        if (announced > intake.maxBodyBytes()) {
            turnAway(submission, tooLarge(intake), answer);
            return null;
        }
        RequestBody body =
                RequestBody.open(intake.budget(), allocator, (int) Math.max(0, announced), intake.maxBodyBytes());
        if (body == null) {
            turnAway(submission, intake.overBudget(announced), answer);
            return null;
        }
        return new HttpCall(submission, body, answer);
    }

    /** Takes in the next piece of the body; false when it earned an answer that ends the request. */
    boolean take(ByteBuf piece) {
        Intake intake = submission.intake();
        int length = piece.readableBytes();
        if ((long) body.size() + length > intake.maxBodyBytes()) {
            abandon();
            turnAway(submission, tooLarge(intake), answer);
            return false;
        }
        if (length > 0 && !body.append(piece, length)) {
            abandon();
            turnAway(submission, intake.overBudget((long) body.size() + length), answer);
            return false;
        }
        return true;
    }

    void complete() {
        bodyTaken = true;
        submission.submit(body, this);
    }

    boolean isLate(long nowNanos) {
        return !bodyTaken && submission.intake().timeouts().isBodyLate(nowNanos - startNanos, body.size());
    }

    void timeOut() {
        abandon();
        answer.accept(HttpReply.error(408, "the body did not arrive in time", submission.json()));
    }

    void corrupt(String message) {
        abandon();
        turnAway(submission, Refusal.permanent(DropReason.MALFORMED, message), answer);
    }

    /** Gives the memory of an unfinished body back. */
    void abandon() {
        if (!bodyTaken) {
            bodyTaken = true;
            body.release();
        }
    }

    @Override
    public void accepted() {
        answer.accept(HttpReply.success(submission.json()));
    }

    @Override
    public void refused(Refusal refusal) {
        answer.accept(HttpReply.refusal(refusal, submission.json()));
    }

    private static void turnAway(Submission submission, Refusal refusal, Consumer<HttpReply> answer) {
        submission.intake().outlet(submission.signal()).turnedAway(refusal.reason());
        answer.accept(HttpReply.refusal(refusal, submission.json()));
    }

    private static Refusal tooLarge(Intake intake) {
        return Refusal.permanent(DropReason.TOO_LARGE, "the body is larger than " + intake.maxBodyBytes() + " bytes");
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    static String contentType(HttpRequest request) {
        String header = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    static boolean isJson(String contentType) {
        return contentType.equals(HttpReply.JSON);
    }

    private static @Nullable Coding coding(String encoding) {
        return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Coding.IDENTITY;
            case "gzip" -> Coding.GZIP;
            case "deflate", "zlib" -> Coding.ZLIB;
            default -> null;
        };
    }

    private static long announcedLength(HttpRequest request) {
        return HttpUtil.getContentLength(request, 0L);
    }
}
