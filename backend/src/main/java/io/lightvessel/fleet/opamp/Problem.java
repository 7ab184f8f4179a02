package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.RefusalCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An error of the OpAMP endpoint in RFC 9457 form. */
record Problem(int status, String title, String code, String detail) {
    private static final JsonMapper JSON = new JsonMapper();

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", "opamp_malformed", detail);
    }

    static Problem unauthorized(RefusalCode code, String detail) {
        return new Problem(401, "Unauthorized", code.code(), detail);
    }

    static Problem notFound(String path) {
        return new Problem(404, "Not Found", "not_found", path + " is not served on this port (expected: /v1/opamp)");
    }

    static Problem methodNotAllowed(String method) {
        return new Problem(
                405,
                "Method Not Allowed",
                "opamp_method",
                "method: " + method + " (expected: POST, or GET that upgrades to a WebSocket)");
    }

    static Problem timedOut(Duration limit) {
        return new Problem(
                408,
                "Request Timeout",
                "opamp_too_slow",
                "body: not complete after " + limit.toSeconds() + " s (expected: a whole message by then)");
    }

    static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "Content Too Large",
                "opamp_too_large",
                "message: more than " + limit + " bytes unpacked (expected: at most " + limit + ")");
    }

    static Problem unsupportedMediaType(String what) {
        return new Problem(415, "Unsupported Media Type", "opamp_media_type", what);
    }

    static Problem internal() {
        return new Problem(
                500,
                "Internal Server Error",
                "internal",
                "The control plane could not handle this message; its log says why.");
    }

    static Problem busy() {
        return new Problem(
                503,
                "Service Unavailable",
                "opamp_busy",
                "The control plane is busy. Try again after the given delay.");
    }

    void write(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(status);
        response.setContentType("application/problem+json");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        byte[] json = JSON.writeValueAsBytes(body);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
