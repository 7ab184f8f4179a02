package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Where a sign-in that did not work out ends; sending the browser back at once would send it in circles. */
@Route(SignInFailedView.PATH)
@PageTitle("Sign-in failed · Lightvessel")
@AnonymousAllowed
class SignInFailedView extends Main {
    static final String PATH = "sign-in-failed";

    SignInFailedView() {
        addClassName("lv-standalone");
        setId("sign-in-failed");
        Anchor again = new Anchor("/", "Sign in again");
        again.setRouterIgnore(true);
        add(new Div(EmptyState.page(
                Icons.LOCK,
                "Signing in did not work",
                "The identity provider's answer could not be accepted: it took too long, was opened twice, or the provider"
                        + " could not be reached. The reason is in the control plane's log. Nothing was changed.",
                again)));
    }
}
