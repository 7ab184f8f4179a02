package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;

/** Says who is signed in and signs out. */
class UserMenu extends Composite<MenuBar> {

    UserMenu(SignedIn signedIn) {
        MenuBar menu = getContent();
        menu.setId("user-menu");
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY);
        Span name = new Span(signedIn.userName());
        MenuItem root = menu.addItem(Icons.USER.create());
        root.add(name);
        root.setAriaLabel("Signed in as " + signedIn.userName());
        root.getSubMenu().addItem("Sign out", click -> signedIn.signOut()).setId("sign-out");
    }
}
