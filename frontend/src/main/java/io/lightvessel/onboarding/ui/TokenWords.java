package io.lightvessel.onboarding.ui;

import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.TokenState;
import io.lightvessel.platform.ui.Tone;

/** Words enrolment tokens for lists and pages. */
final class TokenWords {

    private TokenWords() {}

    static String uses(EnrollmentToken token) {
        Integer most = token.maxUses();
        return most == null ? token.uses() + " (unlimited)" : token.uses() + " of " + most;
    }

    static String state(TokenState state) {
        return switch (state) {
            case ACTIVE -> "Active";
            case USED_UP -> "Used up";
            case EXPIRED -> "Expired";
            case REVOKED -> "Revoked";
        };
    }

    static Tone tone(TokenState state) {
        return switch (state) {
            case ACTIVE -> Tone.GOOD;
            case USED_UP, EXPIRED -> Tone.NONE;
            case REVOKED -> Tone.WARN;
        };
    }

    static String explain(TokenState state) {
        return switch (state) {
            case ACTIVE -> "Lets agents in.";
            case USED_UP -> "Has let in as many agents as it may. They stay connected.";
            case EXPIRED -> "Its time is over. Agents it let in stay connected.";
            case REVOKED -> "Was revoked. Agents it let in stay connected.";
        };
    }
}
