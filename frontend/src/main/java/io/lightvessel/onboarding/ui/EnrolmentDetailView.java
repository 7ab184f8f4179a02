package io.lightvessel.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.onboarding.EnrollmentAttempt;
import io.lightvessel.onboarding.EnrollmentProgress;
import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.TokenState;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.FreshSecret;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.platform.ui.SmallTable.Cell;
import io.lightvessel.platform.ui.SmallTable.Column;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One enrolment: the command, and live how far the newcomer has come. Its address may be left and found again. */
@Route(value = "o/:org/enrolment/:token", layout = Frame.class)
@PermitAll
class EnrolmentDetailView extends Screen {

    private final transient EnrollmentTokens tokens;
    private final transient ClusterService clusters;
    private final transient Clock clock;

    private final StepList steps = new StepList();
    private final Div outcome = new Div();
    private final StatusBadge state = new StatusBadge();
    private final Div facts = new Div();
    private final SmallTable attempts = new SmallTable(
            "Who presented this token",
            Column.text("Outcome"),
            Column.text("Agent"),
            Column.text("From"),
            Column.text("When"),
            Column.number("Times"));
    private final Paragraph noAttempts = new Paragraph("Nobody has presented this token yet.");
    private @Nullable EnrollmentToken shown;

    EnrolmentDetailView(ScreenContext context, EnrollmentTokens tokens, ClusterService clusters) {
        super(context);
        this.tokens = tokens;
        this.clusters = clusters;
        this.clock = context.clock();
        outcome.setId("enrolment-outcome");
        outcome.getElement().setAttribute("aria-live", "polite");
        noAttempts.addClassName("lv-soft");
        state.setId("token-state");
    }

    @Override
    protected void show(Org org, Address address) {
        String id = address.required("token");
        EnrollmentProgress progress = org.call(() -> tokens.progress(id));
        EnrollmentToken token = progress.token();
        shown = token;
        Cluster cluster = org.call(() -> clusters.find(token.cluster())).orElse(null);
        String clusterName = cluster == null ? "its cluster" : cluster.name();
        setHeading(token.label(), state);
        setSummary("Lets agents into " + clusterName + ".");
        Button revoke = new Button("Revoke…", click -> RevokeDialog.open(org, tokens, token, () -> refresh(org)));
        revoke.setId("revoke-token");
        revoke.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
        setActions(Permit.orReason(org, Permission.ENROLMENT_WRITE, revoke));
        Card attemptCard = new Card("Attempts", noAttempts, attempts);
        attemptCard.setId("attempts");
        Div left = new Div(commandCard(token, clusterName), new Card("What happens now", steps, outcome), attemptCard);
        Div right = new Div(new Card("Token", facts));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(columns);
        draw(org, progress, cluster);
    }

    @Override
    protected void refresh(Org org) {
        String id = address().required("token");
        EnrollmentProgress progress = org.call(() -> tokens.progress(id));
        draw(
                org,
                progress,
                org.call(() -> clusters.find(progress.token().cluster())).orElse(null));
    }

    @Override
    protected Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        EnrollmentToken token = shown;
        return List.of(
                new Crumb("Enrolment", Paths.enrolment(org)), Crumb.here(token == null ? "Token" : token.label()));
    }

    private Component commandCard(EnrollmentToken token, String clusterName) {
        String secret = FreshSecret.take(UI.getCurrent(), token.id()).orElse(null);
        if (secret == null) {
            Paragraph gone = new Paragraph("The token itself was shown once, when it was created, and is not kept."
                    + " If it is lost, create another; this page goes on showing what happens with this one.");
            gone.addClassName("lv-soft");
            return new Card("Command", gone);
        }
        return new Card(
                "Run this where the agent shall live",
                new Note(
                        Tone.WARN,
                        "Copy it now: the token is shown this once. Agents of " + clusterName
                                + " exchange it for a credential of their own."),
                new EnrolmentCommand(token, secret));
    }

    private void draw(Org org, EnrollmentProgress progress, @Nullable Cluster cluster) {
        EnrollmentToken token = progress.token();
        Instant now = clock.instant();
        TokenState of = token.state(now);
        state.set(TokenWords.tone(of), TokenWords.state(of), TokenWords.explain(of));
        steps.set(progress);
        drawOutcome(org, progress, cluster);
        drawFacts(token, cluster, org);
        List<EnrollmentAttempt> tried = org.call(() -> tokens.attempts(token.id()));
        noAttempts.setVisible(tried.isEmpty());
        attempts.setVisible(!tried.isEmpty());
        attempts.setRows(tried.stream()
                .map(attempt -> List.of(
                        Cell.of(attempt.accepted() ? "Let in" : "Turned away: " + attempt.detail()),
                        Cell.of(attempt.agent() == null ? "–" : attempt.agent()),
                        Cell.of(attempt.remoteAddress()),
                        Cell.of(Format.relative(attempt.lastAt(), now)),
                        Cell.of(String.valueOf(attempt.count()))))
                .toList());
    }

    private void drawOutcome(Org org, EnrollmentProgress progress, @Nullable Cluster cluster) {
        String key = progress.done() + "|" + progress.trouble() + "|" + progress.hints();
        if (key.equals(outcome.getElement().getProperty("lvShown"))) {
            return;
        }
        outcome.getElement().setProperty("lvShown", key);
        outcome.removeAll();
        String trouble = progress.trouble();
        if (progress.done() && !progress.agents().isEmpty()) {
            var agent = progress.agents().getFirst();
            Div links = new Div(new Anchor(Paths.agent(org, agent.id().value()), "Open " + agent.name()));
            if (cluster != null) {
                links.add(new Anchor(Paths.topology(org, cluster.slug()), "See the topology"));
                links.add(new Anchor(Paths.stack(org, cluster.slug()), "Change the stack"));
            }
            links.addClassName("lv-row");
            Note done = new Note(Tone.GOOD, agent.name() + " is connected and telemetry flows.", links);
            done.setId("enrolment-done");
            outcome.add(done);
        } else if (trouble != null) {
            Note note = new Note(Tone.WARN, trouble);
            note.setId("enrolment-trouble");
            progress.hints().forEach(hint -> {
                note.add(new Paragraph(hint.text()));
                if (!hint.command().isBlank()) {
                    note.add(new CodeBlock(hint.text(), hint.command()));
                }
            });
            outcome.add(note);
        }
    }

    private void drawFacts(EnrollmentToken token, @Nullable Cluster cluster, Org org) {
        EnrollmentToken before = shown;
        shown = token;
        if (token.equals(before) && facts.getComponentCount() > 0) {
            return;
        }
        facts.removeAll();
        Facts list = new Facts();
        if (cluster != null) {
            list.with("Cluster", new Anchor(Paths.cluster(org, cluster.slug()), cluster.name()));
        }
        var role = token.role();
        list.with("For", role == null ? "any role" : role.name().toLowerCase(Locale.ROOT) + " agents");
        list.with("Uses", TokenWords.uses(token));
        Instant expires = token.expiresAt();
        if (expires != null) {
            list.with("Expires", new RelativeTime(expires));
        }
        list.with("Turned away", Format.count(token.refused(), "attempt", "attempts"));
        list.with("Created", new RelativeTime(token.createdAt()));
        list.with("By", ActorWords.of(token.createdBy()));
        list.with("Id", token.id());
        facts.add(list);
    }
}
