package io.lightvessel.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where people sign in, as this program is known there; asked for at the first sign-in, not at start. */
public interface IdentityProvider {

    String issuerUri();

    String clientId();

    @Nullable
    String clientSecret();

    List<String> scopes();
}
