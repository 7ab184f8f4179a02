package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.OpampFrame;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps everything but OpAMP off the agents' port, which is open to more networks than the console's. */
final class OpampPortFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient OpampListener listener;

    OpampPortFilter(OpampListener listener) {
        this.listener = listener;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getLocalPort() == listener.port() && !OpampFrame.PATH.equals(request.getRequestURI())) {
            Problem.notFound(request.getRequestURI()).write(response);
            return;
        }
        chain.doFilter(request, response);
    }
}
