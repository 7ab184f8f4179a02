package io.lightvessel.onboarding;

/** A token just created, with the text that agents present; it is shown this once. */
public record CreatedToken(EnrollmentToken token, String secret) {

    @Override
    public String toString() {
        return "CreatedToken[" + token.id() + "]";
    }
}
