package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.lightvessel.tenancy.Tenant;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Leads from the bare address to the first organisation, or says that there is none. */
@Route("")
@PageTitle("Lightvessel")
@PermitAll
class StartView extends Main implements BeforeEnterObserver {

    private final transient SignedIn signedIn;

    StartView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("lv-standalone");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        List<Tenant> organisations = signedIn.organisations();
        if (!organisations.isEmpty()) {
            event.forwardTo("o/" + organisations.getFirst().slug() + "/home");
            return;
        }
        removeAll();
        add(new Div(EmptyState.page(
                Icons.USER,
                "You belong to no organisation yet",
                "You are signed in as " + signedIn.userName()
                        + ", but your account names no organisation that exists here. Ask an owner of your organisation to"
                        + " add you, then sign in again.",
                SignOutButton.of(signedIn))));
    }
}
