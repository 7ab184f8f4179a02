package io.lightvessel.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Holds an answer back until it is kept, and knows when the container is going to write another in its place. */
final class KeptAnswer extends ContentCachingResponseWrapper {
    private boolean error;

    KeptAnswer(HttpServletResponse response) {
        super(response);
    }

    boolean isError() {
        return error;
    }

    @Override
    public void sendError(int status) throws IOException {
        error = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        error = true;
        super.sendError(status, message);
    }
}
