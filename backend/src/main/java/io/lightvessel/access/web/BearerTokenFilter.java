package io.lightvessel.access.web;

import io.lightvessel.access.AccessError;
import io.lightvessel.access.ApiCaller;
import io.lightvessel.access.ApiTokenAuthenticator;
import io.lightvessel.access.RequestRate;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Problem;
import io.lightvessel.platform.web.ProblemWriter;
import io.lightvessel.tenancy.TenancyError;
import io.lightvessel.tenancy.TenantScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets API requests in by their token and binds its tenant; a path of another tenant does not exist for it. */
class BearerTokenFilter extends OncePerRequestFilter {
    private static final String TENANTS = "/api/v1/tenants/";
    private static final String BEARER = "bearer ";

    private final ApiTokenAuthenticator authenticator;
    private final RequestRate rate;
    private final ProblemWriter problems;

    BearerTokenFilter(ApiTokenAuthenticator authenticator, RequestRate rate, ProblemWriter problems) {
        this.authenticator = authenticator;
        this.rate = rate;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ApiCaller caller;
        try {
            caller = authenticator.authenticate(token(request));
            requireOwnTenant(request.getRequestURI(), caller);
            Duration wait = rate.take(caller.tenant(), caller.requestsPerMinute());
            if (!wait.isZero()) {
                tooMany(response, caller, wait);
                return;
            }
        } catch (LightvesselException e) {
            if (e.error().type().status() == HttpServletResponse.SC_UNAUTHORIZED) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            problems.write(response, Problem.of(e));
            return;
        }
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        caller, null, AuthorityUtils.createAuthorityList("ROLE_" + caller.role())));
        try {
            TenantScope.callChecked(caller.tenant(), caller.actor(), () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void tooMany(HttpServletResponse response, ApiCaller caller, Duration wait) throws IOException {
        long seconds = wait.plusMillis(999).toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                response,
                Problem.of(new LightvesselException(
                        AccessError.RATE_EXCEEDED,
                        "More than %d requests in a minute for %s. Come again in %d s."
                                .formatted(caller.requestsPerMinute(), caller.tenantSlug(), seconds))));
    }

    private static String token(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new LightvesselException(
                    AccessError.API_TOKEN_MISSING, "Authorization: missing (expected: Bearer and an API token, lvp_…)");
        }
        return header.substring(BEARER.length()).trim();
    }

    private static void requireOwnTenant(String path, ApiCaller caller) {
        if (!path.startsWith(TENANTS)) {
            return;
        }
        String rest = path.substring(TENANTS.length());
        int end = rest.indexOf('/');
        String slug = end < 0 ? rest : rest.substring(0, end);
        if (!slug.equals(caller.tenantSlug())) {
            throw new LightvesselException(
                    TenancyError.TENANT_NOT_FOUND, "There is no tenant %s for this token.".formatted(slug));
        }
    }
}
