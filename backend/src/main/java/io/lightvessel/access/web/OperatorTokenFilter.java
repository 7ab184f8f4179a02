package io.lightvessel.access.web;

import io.lightvessel.access.Operator;
import io.lightvessel.access.OperatorAuthenticator;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Problem;
import io.lightvessel.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets operators in by their token; no tenant is bound, so no tenant's rows are seen. */
class OperatorTokenFilter extends OncePerRequestFilter {
    private static final String BEARER = "bearer ";

    private final OperatorAuthenticator authenticator;
    private final ProblemWriter problems;

    OperatorTokenFilter(OperatorAuthenticator authenticator, ProblemWriter problems) {
        this.authenticator = authenticator;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        Operator operator;
        try {
            operator = authenticator.authenticate(
                    bearer ? header.substring(BEARER.length()).trim() : null);
        } catch (LightvesselException e) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(response, Problem.of(e));
            return;
        }
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        operator, null, AuthorityUtils.createAuthorityList("ROLE_OPERATOR")));
        chain.doFilter(request, response);
    }
}
