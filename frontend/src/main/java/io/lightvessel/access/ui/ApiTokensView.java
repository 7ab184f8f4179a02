package io.lightvessel.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.lightvessel.access.ApiToken;
import io.lightvessel.access.ApiTokens;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ConfirmDialogs;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What programs use the REST API with: each token's role, until when, last used, and who answers for it. */
@Route(value = "o/:org/api-tokens", layout = Frame.class)
@PermitAll
class ApiTokensView extends Screen {
    private final transient ApiTokens tokens;
    private final transient Clock clock;
    private final transient Rows<ApiToken> rows;
    private final Grid<ApiToken> grid = new Grid<>();
    private @Nullable Component shown;

    ApiTokensView(ScreenContext context, ApiTokens tokens) {
        super(context);
        this.tokens = tokens;
        this.clock = context.clock();
        setHeading("API tokens");
        setSummary("Programs use the REST API with them. A token never may more than whoever answers for it may.");
        addClassName("lv-fill");
        rows = new Rows<>(request -> org().call(() -> tokens.list(request)));
        grid.setId("api-tokens-grid");
        grid.setSizeFull();
        grid.getElement().setAttribute("aria-label", "API tokens");
        columns();
        grid.setItems(rows::fetch).setItemCountEstimate(50);
    }

    @Override
    protected void show(Org org, Address address) {
        shown = null;
        if (!org.may(Permission.API_TOKEN_READ)) {
            setActions();
            setBody(new EmptyState(Icons.LOCK, "Not for your role", Permission.API_TOKEN_READ.reason()));
            return;
        }
        setActions(createButton(org, "new-api-token"));
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        if (!org.may(Permission.API_TOKEN_READ)) {
            return;
        }
        boolean none =
                org.call(() -> tokens.list(new PageRequest(1, null))).items().isEmpty();
        if (none && !(shown instanceof EmptyState)) {
            shown = new EmptyState(
                    Icons.API,
                    "No API tokens yet",
                    "A script, a pipeline or a provider calls the API with a token of its own, which can be revoked alone.",
                    createButton(org, "new-first-api-token"));
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
        return List.of(Crumb.here("API tokens"));
    }

    private Component createButton(Org org, String id) {
        Button create = new Button(
                "Create token",
                Icons.PLUS.create(),
                click -> new NewApiTokenDialog(org, tokens, clock, () -> refresh(org)).open());
        create.setId(id);
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        return Permit.orReason(org, Permission.API_TOKEN_WRITE, create);
    }

    private void columns() {
        grid.addColumn(ApiToken::name)
                .setHeader("Name")
                .setFlexGrow(2)
                .setWidth("150px")
                .setTooltipGenerator(ApiToken::id);
        grid.addComponentColumn(this::state).setHeader("State").setWidth("120px");
        grid.addColumn(token -> RoleWords.of(token.role()))
                .setHeader("Role")
                .setWidth("90px")
                .setTooltipGenerator(token -> RoleWords.explain(token.role()));
        grid.addComponentColumn(token -> time(token.expiresAt(), "never"))
                .setHeader("Expires")
                .setWidth("110px");
        grid.addComponentColumn(token -> time(token.lastUsedAt(), "not yet"))
                .setHeader("Last used")
                .setWidth("110px");
        grid.addColumn(token -> token.person() == null ? "Lightvessel" : token.person())
                .setHeader("Answers for it")
                .setWidth("130px");
        grid.addComponentColumn(token -> time(token.createdAt(), ""))
                .setHeader("Created")
                .setWidth("105px");
        grid.addColumn(token -> ActorWords.of(token.createdBy()))
                .setHeader("By")
                .setWidth("130px");
        grid.addComponentColumn(this::revokeButton)
                .setHeader("Action")
                .setWidth("115px")
                .setFlexGrow(0)
                .setFrozenToEnd(true);
    }

    private static Component time(@Nullable Instant at, String none) {
        return at == null ? new Span(none) : new RelativeTime(at);
    }

    private StatusBadge state(ApiToken token) {
        if (token.revokedAt() != null) {
            return new StatusBadge(Tone.WARN, "Revoked", "Was revoked. Nothing is let in with it.");
        }
        return token.expiresAt() != null && !token.expiresAt().isAfter(clock.instant())
                ? new StatusBadge(Tone.NONE, "Expired", "Its time is over. Nothing is let in with it.")
                : new StatusBadge(Tone.GOOD, "Active", "Lets programs in.");
    }

    private Component revokeButton(ApiToken token) {
        if (token.revokedAt() != null || !org().may(Permission.API_TOKEN_WRITE)) {
            return new Span();
        }
        Button revoke = new Button("Revoke…", click -> revoke(org(), token));
        revoke.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        revoke.setId("revoke-" + token.id());
        revoke.setAriaLabel("Revoke " + token.name());
        return revoke;
    }

    private void revoke(Org org, ApiToken token) {
        ConfirmDialogs.destructive(
                "Revoke " + token.name() + "?",
                "Whatever uses it is refused with its next request. That cannot be taken back.",
                "Revoke",
                () -> {
                    org.run(() -> tokens.revoke(token.id()));
                    Notifications.done("Token " + token.name() + " is revoked.");
                    refresh(org);
                });
    }
}
