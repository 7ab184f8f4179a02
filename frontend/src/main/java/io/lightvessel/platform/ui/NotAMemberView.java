package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import jakarta.annotation.security.PermitAll;

/** Tells somebody that an organisation is not theirs, without telling whether it exists. */
@PageTitle("No access · Lightvessel")
@PermitAll
class NotAMemberView extends Main implements HasErrorParameter<NotAMemberException> {

    private final transient SignedIn signedIn;

    NotAMemberView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("lv-standalone");
        setId("forbidden");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotAMemberException> parameter) {
        removeAll();
        add(new Div(EmptyState.page(
                Icons.LOCK,
                "No access to " + parameter.getException().slug(),
                "There is no organisation of this name that " + signedIn.userName()
                        + " belongs to. Check the address, or ask one of its owners to add you.",
                new Anchor("/", "Go to your own organisation"),
                SignOutButton.of(signedIn))));
        return 403;
    }
}
