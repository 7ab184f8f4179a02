package io.lightvessel.platform.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** What the browser loads before the first screen: theme, push connection, icon. */
@Push
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("lightvessel.css")
public class AppShell implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "lightvessel.svg", "any");
        settings.addMetaTag("color-scheme", "light dark");
        // Before the first paint, so that a dark screen does not flash white.
        settings.addInlineWithContents(
                Inline.Position.PREPEND, """
                const scheme = localStorage.getItem('%s');
                if (scheme) {
                  document.documentElement.style.colorScheme = scheme;
                  document.documentElement.setAttribute('theme', scheme);
                }
                """.formatted(ThemeMenu.KEY), Inline.Wrapping.JAVASCRIPT);
    }
}
