package io.lightvessel.onboarding.ui;

import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.platform.ui.ConfirmDialogs;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;

/** Asks before a token is revoked and says what that does not do. */
final class RevokeDialog {

    private RevokeDialog() {}

    static void open(Org org, EnrollmentTokens tokens, EnrollmentToken token, Runnable afterwards) {
        ConfirmDialogs.destructive(
                "Revoke " + token.label() + "?",
                "Nobody can enrol with it any more. "
                        + Format.count(
                                token.uses(), "agent that enrolled with it stays", "agents that enrolled with it stay")
                        + " connected.",
                "Revoke",
                () -> {
                    org.run(() -> tokens.revoke(token.id()));
                    Notifications.done("Token " + token.label() + " is revoked.");
                    afterwards.run();
                });
    }
}
