package io.lightvessel.access.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.TenantQuotas;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;

/** What the organisation may use, and how much of it is used. */
@Route(value = "o/:org/settings", layout = Frame.class)
@PermitAll
class SettingsView extends Screen {

    private final transient TenantQuotas quotas;

    SettingsView(ScreenContext context, TenantQuotas quotas) {
        super(context);
        this.quotas = quotas;
        setHeading("Settings");
        setSummary("Quotas are set by whoever runs the platform.");
    }

    @Override
    protected void show(Org org, Address address) {
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        TenantQuotas.Usage usage = org.call(quotas::usage);
        Facts facts = new Facts()
                .with("Organisation", org.tenant().name())
                .with(
                        "Clusters",
                        line(usage.of(QuotaKind.CLUSTERS), usage.quotas().clusters()))
                .with("Agents", line(usage.of(QuotaKind.AGENTS), usage.quotas().agents()))
                .with(
                        "Stack revisions",
                        line(usage.of(QuotaKind.REVISIONS), usage.quotas().revisions()))
                .with(
                        "API requests",
                        String.format(
                                Locale.ROOT,
                                "at most %,d a minute",
                                usage.quotas().requestsPerMinute()));
        Card card = new Card("Quotas", facts);
        card.setId("quotas");
        Div left = new Div(card);
        Div columns = new Div(left);
        columns.addClassName("lv-columns");
        setBody(columns);
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Settings"));
    }

    private static String line(long used, int most) {
        return String.format(Locale.ROOT, "%,d of %,d", used, most);
    }
}
