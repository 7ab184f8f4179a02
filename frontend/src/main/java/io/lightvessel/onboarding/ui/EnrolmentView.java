package io.lightvessel.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.TokenState;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The enrolment tokens: what each is good for, how often it was used, how often somebody was turned away. */
@Route(value = "o/:org/enrolment", layout = Frame.class)
@PermitAll
@Uses(RelativeTime.class) // drawn by the browser in a column
class EnrolmentView extends Screen {

    private final transient EnrollmentTokens tokens;
    private final transient ClusterService clusters;
    private final transient Clock clock;

    private final Grid<EnrollmentToken> grid = new Grid<>();
    private final Rows<EnrollmentToken> rows;
    private Map<ClusterId, String> clusterNames = Map.of();
    private @Nullable Component shown;

    EnrolmentView(ScreenContext context, EnrollmentTokens tokens, ClusterService clusters) {
        super(context);
        this.tokens = tokens;
        this.clusters = clusters;
        this.clock = context.clock();
        setHeading("Enrolment");
        setSummary("A token lets agents into one cluster. Revoking it keeps new ones out; those it let in stay.");
        addClassName("lv-fill");
        rows = new Rows<>(request -> org().call(() -> tokens.list(request)));
        grid.setId("tokens-grid");
        grid.setSizeFull();
        grid.getElement().setAttribute("aria-label", "Enrolment tokens");
        columns();
        grid.setItems(rows::fetch).setItemCountEstimate(50);
    }

    @Override
    protected void show(Org org, Address address) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        shown = null;
        setActions(newButton(org, "new-token"));
        if (all.isEmpty()) {
            setActions();
            setBody(new EmptyState(
                    Icons.CLUSTERS,
                    "No clusters yet",
                    "A token belongs to a cluster. Connect a cluster and its first token is made with it.",
                    new Anchor(Paths.clusters(org) + "?connect=1", "Connect a cluster")));
            return;
        }
        refresh(org);
        if (address.query("new").isPresent() && org.may(Permission.ENROLMENT_WRITE)) {
            new NewTokenDialog(
                            org, tokens, all, ClusterSelect.chosen(all, address).orElseThrow())
                    .open();
        }
    }

    @Override
    protected void refresh(Org org) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        if (all.isEmpty()) {
            return;
        }
        clusterNames = all.stream().collect(Collectors.toMap(Cluster::id, Cluster::name));
        boolean none =
                org.call(() -> tokens.list(new PageRequest(1, null))).items().isEmpty();
        if (none && !(shown instanceof EmptyState)) {
            shown = new EmptyState(
                    Icons.ENROLMENT,
                    "No enrolment tokens",
                    "Agents join with a token: single-use for one agent, or limited for many, such as the replicas of a"
                            + " gateway. Tokens expire.",
                    newButton(org, "new-first-token"));
            setBody(shown);
        } else if (!none && !grid.equals(shown)) {
            shown = grid;
            setBody(grid);
        }
        rows.restart();
        grid.getDataProvider().refreshAll();
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Enrolment"));
    }

    private Component newButton(Org org, String id) {
        Button create = new Button("Create token", Icons.PLUS.create(), click -> {
            List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
            new NewTokenDialog(org, tokens, all, all.getFirst()).open();
        });
        create.setId(id);
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        return Permit.orReason(org, Permission.ENROLMENT_WRITE, create);
    }

    private void columns() {
        grid.addColumn(LitRenderer.<EnrollmentToken>of("<a href=${item.href}>${item.label}</a>")
                        .withProperty("href", token -> Paths.enrolment(org(), token.id()))
                        .withProperty("label", EnrollmentToken::label))
                .setHeader("Label")
                .setFlexGrow(2)
                .setWidth("190px")
                .setTooltipGenerator(EnrollmentToken::id);
        grid.addColumn(LitRenderer.<EnrollmentToken>of("""
                                <span class="lv-status" data-tone=${item.tone} data-status=${item.word}>\
                                <span class="lv-icon" .innerHTML=${item.icon}></span><span>${item.word}</span></span>\
                                """)
                        .withProperty(
                                "tone", token -> TokenWords.tone(state(token)).key())
                        .withProperty("word", token -> TokenWords.state(state(token)))
                        .withProperty(
                                "icon",
                                token -> TokenWords.tone(state(token)).icon().markup()))
                .setHeader("State")
                .setWidth("120px")
                .setTooltipGenerator(token -> TokenWords.explain(state(token)));
        grid.addColumn(token -> clusterNames.getOrDefault(token.cluster(), "–"))
                .setHeader("Cluster")
                .setWidth("120px");
        grid.addColumn(TokenWords::uses).setHeader("Uses").setWidth("110px");
        grid.addColumn(time(EnrollmentToken::expiresAt)).setHeader("Expires").setWidth("105px");
        grid.addColumn(time(EnrollmentToken::lastUsedAt)).setHeader("Last used").setWidth("105px");
        grid.addComponentColumn(this::refused).setHeader("Turned away").setWidth("120px");
        grid.addColumn(token -> ActorWords.of(token.createdBy()))
                .setHeader("Created by")
                .setWidth("120px");
        grid.addComponentColumn(this::revokeButton)
                .setHeader("Action")
                .setWidth("110px")
                .setFlexGrow(0);
    }

    private static LitRenderer<EnrollmentToken> time(Function<EnrollmentToken, @Nullable Instant> at) {
        return LitRenderer.<EnrollmentToken>of("<relative-time at=${item.at}></relative-time>")
                .withProperty("at", token -> {
                    Instant instant = at.apply(token);
                    return instant == null ? "" : Long.toString(instant.toEpochMilli());
                });
    }

    private TokenState state(EnrollmentToken token) {
        return token.state(clock.instant());
    }

    private Component refused(EnrollmentToken token) {
        return token.refused() == 0
                ? new Span("none")
                : new Anchor(Paths.enrolment(org(), token.id()) + "#attempts", token.refused() + " attempts");
    }

    private Component revokeButton(EnrollmentToken token) {
        if (token.revokedAt() != null || !org().may(Permission.ENROLMENT_WRITE)) {
            return new Span();
        }
        Button revoke = new Button("Revoke…", click -> revoke(org(), token));
        revoke.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        revoke.setId("revoke-" + token.id());
        revoke.setAriaLabel("Revoke " + token.label());
        return revoke;
    }

    private void revoke(Org org, EnrollmentToken token) {
        RevokeDialog.open(org, tokens, token, () -> refresh(org));
    }
}
