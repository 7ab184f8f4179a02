package io.lightvessel.gateway.server;

import io.lightvessel.gateway.net.Coding;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.ServerAuthenticator.Verdict.Denied;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request to a service: checks what its headers say, takes its body in, and answers once. */
final class HttpCall implements Answer {
    private final HttpService service;
    private final Submission submission;
    private final long startNanos = System.nanoTime();
    private final RequestBody body;
    private final Consumer<HttpReply> answer;
    private boolean bodyTaken;

    private HttpCall(HttpService service, Submission submission, RequestBody body, Consumer<HttpReply> answer) {
        this.service = service;
        this.submission = submission;
        this.body = body;
        this.answer = answer;
    }

    /** Null when the headers alone already earned an answer, which has then been given. */
    static @Nullable HttpCall open(
            HttpRequest request,
            Intake intake,
            Object address,
            ByteBufAllocator allocator,
            Arrivals arrivals,
            Consumer<HttpReply> answer) {
        String path = path(request.uri());
        String contentType = contentType(request);
        Visitor visitor = Visitor.of(intake.options(), new HttpRequestHeaders(request.headers()), address);
        Denied denied = visitor.denied();
        if (denied != null) {
            answer.accept(reply(HttpFault.of(401, denied.message()), intake.errors(), contentType)
                    .with("www-authenticate", denied.challenge()));
            return null;
        }
        HttpService service = intake.httpService(path);
        if (service == null) {
            String message = "path: " + path + " (expected: one of " + intake.httpPaths() + ")";
            answer.accept(reply(HttpFault.of(404, message), intake.errors(), contentType));
            return null;
        }
        HttpFault objection = objection(request, service, contentType);
        if (objection != null) {
            answer.accept(reply(objection, service.errors(), contentType));
            return null;
        }
        Coding coding = coding(request, intake.options());
        if (coding == null) {
            String message = "content-encoding: '" + request.headers().get(HttpHeaderNames.CONTENT_ENCODING)
                    + "' (expected: " + intake.options().codingNames(", ") + ")";
            answer.accept(reply(HttpFault.of(415, message), service.errors(), contentType));
            return null;
        }
        long announced = HttpUtil.getContentLength(request, 0L);
        if (announced > intake.maxBodyBytes()) {
            turnAway(service, tooLarge(intake), contentType, answer);
            return null;
        }
        RequestBody body = RequestBody.open(
                intake.budget(),
                visitor.client(),
                allocator,
                (int) Math.max(0, announced),
                intake.maxBodyBytes(),
                arrivals);
        if (body == null) {
            turnAway(service, intake.overBudget(announced), contentType, answer);
            return null;
        }
        Submission submission = new Submission(intake, service, coding, contentType, visitor);
        return new HttpCall(service, submission, body, answer);
    }

    private static @Nullable HttpFault objection(HttpRequest request, HttpService service, String contentType) {
        if (!request.method().equals(HttpMethod.POST)) {
            return HttpFault.of(405, "method: " + request.method() + " (expected: POST)");
        }
        if (!service.contentTypes().contains(contentType)) {
            return HttpFault.of(
                    415,
                    "content-type: '" + contentType + "' (expected: " + String.join(" or ", service.contentTypes())
                            + ")");
        }
        if (!service.outlet().isConnected()) {
            return HttpFault.of(404, "no pipeline takes what " + path(request.uri()) + " receives");
        }
        return null;
    }

    /** Takes in the next piece of the body; false when it earned an answer that ends the request. */
    boolean take(ByteBuf piece) {
        Intake intake = submission.intake();
        int length = piece.readableBytes();
        if ((long) body.size() + length > intake.maxBodyBytes()) {
            turnAway(tooLarge(intake));
            return false;
        }
        if (length > 0 && !body.append(piece, length)) {
            turnAway(intake.overBudget((long) body.size() + length));
            return false;
        }
        return true;
    }

    void complete() {
        bodyTaken = true;
        submission.submit(body, this);
    }

    boolean isLate(long nowNanos) {
        Duration read = submission.intake().options().http().read();
        long elapsed = nowNanos - startNanos;
        return !bodyTaken
                && (submission.intake().timeouts().isBodyLate(elapsed, body.size())
                        || read != null && elapsed > read.toNanos());
    }

    void timeOut() {
        turnAway(Intake.late("body"));
    }

    void corrupt(String message) {
        turnAway(Refusal.permanent(DropReason.MALFORMED, message));
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
        answer.accept(service.success(submission.contentType()));
    }

    @Override
    public void partlyAccepted(long rejected, String message) {
        answer.accept(service.partialSuccess(submission.contentType(), rejected, message));
    }

    @Override
    public void refused(Refusal refusal) {
        answer.accept(reply(HttpFault.of(refusal), service.errors(), submission.contentType()));
    }

    private void turnAway(Refusal refusal) {
        abandon();
        turnAway(service, refusal, submission.contentType(), answer);
    }

    private static void turnAway(HttpService service, Refusal refusal, String contentType, Consumer<HttpReply> answer) {
        service.outlet().turnedAway(refusal.reason());
        answer.accept(reply(HttpFault.of(refusal), service.errors(), contentType));
    }

    /** What a protocol makes of a fault, with the headers HTTP wants beside it. */
    static HttpReply reply(HttpFault fault, HttpErrors errors, String contentType) {
        HttpReply reply = errors.render(fault, contentType);
        if (fault.retryAfter() != null) {
            // Whole seconds are all the header can say; zero would mean at once.
            long seconds = Math.max(1, fault.retryAfter().plusMillis(999).toSeconds());
            reply = reply.with("retry-after", Long.toString(seconds));
        }
        return fault.status() == 405 ? reply.with("allow", "POST") : reply;
    }

    private static Refusal tooLarge(Intake intake) {
        return Refusal.permanent(DropReason.TOO_LARGE, "the body is larger than " + intake.maxBodyBytes() + " bytes");
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static String contentType(HttpRequest request) {
        String header = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable Coding coding(HttpRequest request, ServerOptions options) {
        String encoding = Coding.name(request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
        return encoding.isEmpty() || encoding.equals("identity")
                ? Coding.IDENTITY
                : options.codings().get(encoding);
    }
}
