package io.lightvessel.access;

import org.springframework.security.authentication.AuthenticationServiceException;

/** Says that nobody can sign in because the identity provider does not answer. */
final class ProviderUnreachable extends AuthenticationServiceException {
    private static final long serialVersionUID = 1;

    ProviderUnreachable(String issuer) {
        super(issuer + ": no answer (expected: an OpenID provider's description)");
    }

    ProviderUnreachable(String issuer, Throwable cause) {
        this(issuer);
        initCause(cause);
    }
}
