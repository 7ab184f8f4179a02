package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** What surrounds every screen: navigation, organisation, breadcrumb, connection, theme and user. */
@PermitAll
public final class Frame extends AppLayout implements AfterNavigationObserver {

    private final SignedIn signedIn;
    private final Nav brand = new Nav();
    private final SideNav navigation = new SideNav();
    private final Breadcrumb breadcrumb = new Breadcrumb();
    private final Div organisation = new Div();
    private @Nullable String shownOrg;

    Frame(SignedIn signedIn) {
        this.signedIn = signedIn;
        setPrimarySection(Section.DRAWER);
        brand.getElement().setAttribute("aria-label", "Start");
        navigation.getElement().setAttribute("aria-label", "Main");
        addToDrawer(brand, navigation);

        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Show or hide navigation");
        Div end = new Div(new ConnectionDot(), new ThemeMenu(), new UserMenu(signedIn));
        end.addClassName("lv-topbar-end");
        Header bar = new Header(new SkipLink(), toggle, organisation, breadcrumb, end);
        bar.addClassName("lv-topbar");
        addToNavbar(bar);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        if (getContent() instanceof Screen screen) {
            Org org = screen.org();
            if (!org.slug().equals(shownOrg)) {
                showOrg(org);
            }
            breadcrumb.show(screen.crumbs(org));
        }
    }

    private void showOrg(Org org) {
        shownOrg = org.slug();
        brand.removeAll();
        Anchor home = new Anchor(Paths.home(org), new Image("lightvessel.svg", ""), new Span("Lightvessel"));
        home.addClassName("lv-brand");
        brand.add(home);
        organisation.removeAll();
        organisation.add(new OrgSwitcher(org, signedIn.organisations()));
        navigation.removeAll();
        item(org, "Home", "home", Icons.HOME);
        item(org, "Clusters", "clusters", Icons.CLUSTERS);
        item(org, "Blueprints", "blueprints", Icons.STACK);
        item(org, "Agents", "agents", Icons.AGENTS);
        item(org, "Topology", "topology", Icons.TOPOLOGY);
        item(org, "Targets", "targets", Icons.TARGETS);
        item(org, "Profiles", "profiles", Icons.PROFILES);
        item(org, "Scaling", "scaling", Icons.SCALING);
        item(org, "Enrolment", "enrolment", Icons.ENROLMENT);
        item(org, "Members", "members", Icons.USER);
        item(org, "API tokens", "api-tokens", Icons.API);
        item(org, "Audit", "audit", Icons.HISTORY);
        item(org, "Settings", "settings", Icons.SETTINGS);
    }

    private void item(Org org, String label, String screen, Icons icon) {
        Component picture = icon.create();
        SideNavItem item = new SideNavItem(label, Paths.screen(org, screen), picture);
        item.setMatchNested(true);
        item.setId("nav-" + screen);
        navigation.addItem(item);
    }
}
