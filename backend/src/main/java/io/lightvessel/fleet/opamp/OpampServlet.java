package io.lightvessel.fleet.opamp;

import io.lightvessel.fleet.TransportKind;
import io.lightvessel.wire.InstanceUid;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The door of the OpAMP server: checks who knocks, then hands over to one of the two transports. */
final class OpampServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient OpampHandler handler;
    private final transient HttpTransport http;
    private final transient WebSocketTransport webSocket;

    OpampServlet(OpampHandler handler, HttpTransport http, WebSocketTransport webSocket) {
        this.handler = handler;
        this.http = http;
        this.webSocket = webSocket;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        if (!("POST".equals(request.getMethod()) || ("GET".equals(request.getMethod()) && upgrade))) {
            response.setHeader("Allow", "POST, GET");
            Problem.methodNotAllowed(request.getMethod()).write(response);
            return;
        }
        Problem unsuitable = upgrade ? null : http.check(request);
        if (unsuitable != null) {
            unsuitable.write(response);
            return;
        }
        Knock knock;
        try {
            knock = knock(request, upgrade ? TransportKind.WEBSOCKET : TransportKind.HTTP);
        } catch (IllegalArgumentException e) {
            Problem.badRequest("OpAMP-Instance-UID: no UUID (expected: 8-4-4-4-12 hexadecimal digits)")
                    .write(response);
            return;
        }
        switch (handler.admit(knock)) {
            case Admission.Admitted(Conversation conversation) -> {
                if (upgrade) {
                    webSocket.upgrade(request, response, conversation, knock.remoteAddress());
                } else {
                    http.exchange(request, response, conversation, knock.remoteAddress());
                }
            }
            case Admission.Refused refused -> {
                response.setHeader("WWW-Authenticate", "Bearer");
                Problem.unauthorized(refused.code(), refused.detail()).write(response);
            }
            case Admission.Busy(Duration retryAfter) -> HttpTransport.busy(response, retryAfter);
        }
    }

    private static Knock knock(HttpServletRequest request, TransportKind transport) {
        @Nullable String uid = request.getHeader("OpAMP-Instance-UID");
        return new Knock(
                request.getHeader("Authorization"),
                uid == null ? null : InstanceUid.parse(uid.trim()),
                request.getRemoteAddr(),
                transport);
    }
}
