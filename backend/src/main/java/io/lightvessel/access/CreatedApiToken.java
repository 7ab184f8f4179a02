package io.lightvessel.access;

/** A new token with its text, which is shown this once. */
public record CreatedApiToken(ApiToken token, String text) {

    /** Without the secret, so that it may appear in logs. */
    @Override
    public String toString() {
        return "CreatedApiToken[" + token.id() + "]";
    }
}
