package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.lightvessel.tenancy.Tenant;
import java.util.List;

/** Says whose fleet is on the screen, and leads to the other organisations of the same person. */
class OrgSwitcher extends Composite<Div> {

    OrgSwitcher(Org current, List<Tenant> all) {
        setId("org-switcher");
        if (all.size() < 2) {
            Span name = new Span(current.tenant().name());
            name.addClassName("lv-org");
            getContent().add(name);
            return;
        }
        MenuBar menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_DROPDOWN_INDICATORS);
        MenuItem root = menu.addItem(current.tenant().name());
        root.setAriaLabel("Organisation " + current.tenant().name() + ", switch");
        for (Tenant tenant : all) {
            MenuItem item = root.getSubMenu()
                    .addItem(
                            tenant.name(),
                            click -> menu.getUI().ifPresent(ui -> ui.navigate("o/" + tenant.slug() + "/home")));
            item.setCheckable(true);
            item.setChecked(tenant.slug().equals(current.slug()));
        }
        getContent().add(menu);
    }
}
