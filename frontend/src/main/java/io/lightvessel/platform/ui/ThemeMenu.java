package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.page.ColorScheme;

/** Chooses between light, dark and what the system says; the browser remembers. */
class ThemeMenu extends Composite<MenuBar> {

    /** Where the browser keeps the choice; read before the first paint by what {@link AppShell} puts into the page. */
    static final String KEY = "lightvessel.scheme";

    ThemeMenu() {
        MenuBar menu = getContent();
        menu.setId("theme-menu");
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_ICON);
        MenuItem root = menu.addItem(Icons.SUN.create());
        root.setAriaLabel("Colour scheme");
        choice(root, "Light", ColorScheme.Value.LIGHT, "light");
        choice(root, "Dark", ColorScheme.Value.DARK, "dark");
        choice(root, "Like the system", ColorScheme.Value.SYSTEM, "");
    }

    private static void choice(MenuItem root, String label, ColorScheme.Value scheme, String stored) {
        root.getSubMenu()
                .addItem(label, click -> click.getSource().getUI().ifPresent(ui -> apply(ui, scheme, stored)))
                .setId("theme-" + (stored.isEmpty() ? "system" : stored));
    }

    private static void apply(UI ui, ColorScheme.Value scheme, String stored) {
        ui.getPage().setColorScheme(scheme);
        ui.getPage()
                .executeJs(
                        "if ($1) { localStorage.setItem($0, $1) } else { localStorage.removeItem($0) }", KEY, stored);
    }
}
