package io.lightvessel.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers who wants to sign in while the provider is down with a page that says so; a redirect would go round in circles. */
final class ProviderDownFilter extends OncePerRequestFilter {
    private final PathPatternRequestMatcher start =
            PathPatternRequestMatcher.withDefaults().matcher(SignIn.START);
    private final ProviderRegistration registration;
    private final byte[] page;

    ProviderDownFilter(ProviderRegistration registration) throws IOException {
        this.registration = registration;
        page = new ClassPathResource("identity/provider-down.html").getContentAsByteArray();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (start.matches(request)) {
            try {
                registration.findByRegistrationId(SignIn.REGISTRATION);
            } catch (ProviderUnreachable e) {
                answer(response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void answer(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'");
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(page);
    }
}
