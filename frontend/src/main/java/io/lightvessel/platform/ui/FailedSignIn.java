package io.lightvessel.platform.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Writes down why a sign-in failed and shows the person a page instead of the provider again. */
final class FailedSignIn implements AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailedSignIn.class);

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        LOG.warn("sign-in: {}", failure.getMessage());
        response.sendRedirect(request.getContextPath() + "/" + SignInFailedView.PATH);
    }
}
