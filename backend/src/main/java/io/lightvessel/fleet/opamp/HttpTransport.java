package io.lightvessel.fleet.opamp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.fleet.TransportKind;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ServerToAgent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpAMP over plain HTTP: one message in a POST, one in its answer. */
final class HttpTransport {
    private static final Logger log = LoggerFactory.getLogger(HttpTransport.class);
    private static final String PROTOBUF = "application/x-protobuf";
    private static final int WORTH_PACKING = 1024;

    private final OpampProperties settings;
    private final InboundBudget budget;

    HttpTransport(OpampProperties settings, InboundBudget budget) {
        this.settings = settings;
        this.budget = budget;
    }

    /** What is wrong with a request before its body is looked at. */
    @Nullable
    Problem check(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null
                || !type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals(PROTOBUF)) {
            return Problem.unsupportedMediaType("content-type: " + type + " (expected: " + PROTOBUF + ")");
        }
        if (request.getContentLengthLong() > settings.maxMessageBytes()) {
            return Problem.tooLarge(settings.maxMessageBytes());
        }
        return null;
    }

    void exchange(
            HttpServletRequest request, HttpServletResponse response, Conversation conversation, String remoteAddress)
            throws IOException {
        AgentToServer message;
        try (MessageAssembler body = new MessageAssembler(settings.maxMessageBytes(), budget)) {
            Problem unreadable = new BodyReader(settings.maxMessageBytes(), settings.messageTimeout())
                    .read(request.getInputStream(), request.getHeader("Content-Encoding"), body);
            if (unreadable != null) {
                refuse(response, unreadable);
                return;
            }
            message = AgentToServer.parseFrom(CodedInputStream.newInstance(body.message()));
        } catch (InvalidProtocolBufferException e) {
            Problem.badRequest("body: no OpAMP message: " + e.getMessage()).write(response);
            return;
        }
        Outlet outlet = new PollOutlet(remoteAddress);
        Reply reply;
        try {
            reply = conversation.onMessage(message, outlet);
        } catch (RuntimeException e) {
            log.error("opamp {}: message could not be handled", remoteAddress, e);
            Problem.internal().write(response);
            return;
        } finally {
            conversation.onClose(outlet);
        }
        switch (reply) {
            case Reply.Answer(ServerToAgent answer) -> send(request, response, answer);
            case Reply.Malformed(String detail) -> Problem.badRequest(detail).write(response);
            case Reply.Refused refused -> {
                response.setHeader("WWW-Authenticate", "Bearer");
                Problem.unauthorized(refused.code(), refused.detail()).write(response);
            }
            case Reply.Busy(Duration retryAfter) -> busy(response, retryAfter);
        }
    }

    static void busy(HttpServletResponse response, Duration retryAfter) throws IOException {
        response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
        Problem.busy().write(response);
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        // The rest of the body is not read, so the connection cannot carry another request.
        response.setHeader("Connection", "close");
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            busy(response, settings.retryAfter());
        } else {
            problem.write(response);
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, ServerToAgent answer)
            throws IOException {
        if (answer.getSerializedSize() > settings.maxMessageBytes()) {
            log.error(
                    "opamp: answer of {} bytes was not sent (expected: at most {})",
                    answer.getSerializedSize(),
                    settings.maxMessageBytes());
            Problem.internal().write(response);
            return;
        }
        byte[] body = answer.toByteArray();
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip") && body.length >= WORTH_PACKING) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 2);
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(PROTOBUF);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** An agent that polls cannot be reached in between. */
    private record PollOutlet(String remoteAddress) implements Outlet {
        @Override
        public TransportKind transport() {
            return TransportKind.HTTP;
        }

        @Override
        public boolean push(ServerToAgent message) {
            return false;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public boolean answersWithin(Duration patience) {
            return false;
        }
    }
}
