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
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.ui.ApprovalRuleCard;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.TenantQuotas;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What holds for the whole organisation: what it may use, how much of it is used, who has to approve stacks. */
@Route(value = "o/:org/settings", layout = Frame.class)
@PermitAll
class SettingsView extends Screen {

    private final transient TenantQuotas quotas;
    private final transient StackApprovals approvals;
    private final Div left = new Div();
    private @Nullable ApprovalRuleCard rule;

    SettingsView(ScreenContext context, TenantQuotas quotas, StackApprovals approvals) {
        super(context);
        this.quotas = quotas;
        this.approvals = approvals;
        setHeading("Settings");
        setSummary("Quotas are set by whoever runs the platform.");
    }

    @Override
    protected void show(Org org, Address address) {
        ApprovalRuleCard card = new ApprovalRuleCard(org, approvals);
        rule = card;
        Div columns = new Div(left, new Div(card));
        columns.addClassName("lv-columns");
        setBody(columns);
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
        left.removeAll();
        left.add(card);
        if (rule != null) {
            rule.refresh();
        }
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Settings"));
    }

    private static String line(long used, int most) {
        return String.format(Locale.ROOT, "%,d of %,d", used, most);
    }
}
