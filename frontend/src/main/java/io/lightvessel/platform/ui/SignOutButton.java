package io.lightvessel.platform.ui;

import com.vaadin.flow.component.button.Button;

/** Signs out, for pages without a frame. */
final class SignOutButton {

    private SignOutButton() {}

    static Button of(SignedIn signedIn) {
        Button button = new Button("Sign out", click -> signedIn.signOut());
        button.setId("sign-out");
        return button;
    }
}
