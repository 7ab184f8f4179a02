package io.lightvessel.onboarding;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.Token;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The enrolment tokens of the tenant in scope: making them, ending them, and seeing how far their agents have come. */
@Service
@Transactional
public class EnrollmentTokens {
    public static final int MAX_USES = 100_000;
    public static final Duration LONGEST_VALIDITY = Duration.ofDays(365);
    private static final int LABEL_LENGTH = 100;

    private final TokenStore tokens;
    private final AttemptLog attempts;
    private final ClusterService clusters;
    private final AgentService agents;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    EnrollmentTokens(
            TokenStore tokens,
            AttemptLog attempts,
            ClusterService clusters,
            AgentService agents,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.tokens = tokens;
        this.attempts = attempts;
        this.clusters = clusters;
        this.agents = agents;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a token; its text is in the result and nowhere else. */
    @Requires(Permission.ENROLMENT_WRITE)
    public CreatedToken create(NewEnrollmentToken request) {
        check(request);
        Token secret = Token.mint(Token.Kind.ENROLLMENT, random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EnrollmentToken token = new EnrollmentToken(
                TokenStore.PREFIX + secret.id(),
                request.label().strip(),
                request.cluster(),
                request.role(),
                request.maxUses(),
                0,
                0,
                request.validFor() == null ? null : now.plus(request.validFor()),
                null,
                now,
                TenantScope.actor().name(),
                null);
        tokens.insert(token, secret.secretHash());
        audit.created("enrolment_token.create", "enrolment_token/" + token.id(), summary(token));
        changed(token.id());
        return new CreatedToken(token, secret.text());
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    @Requires(Permission.ENROLMENT_READ)
    public Page<EnrollmentToken> list(PageRequest request) {
        return Page.of(tokens.list(request, null), request, EnrollmentToken::id);
    }

    /** Those of one cluster, newest first. */
    @Transactional(readOnly = true)
    @Requires(Permission.ENROLMENT_READ)
    public Page<EnrollmentToken> list(ClusterId cluster, PageRequest request) {
        return Page.of(tokens.list(request, cluster), request, EnrollmentToken::id);
    }

    @Transactional(readOnly = true)
    @Requires(Permission.ENROLMENT_READ)
    public EnrollmentToken get(String id) {
        return tokens.find(id).map(TokenStore.Stored::token).orElseThrow(() -> notFound(id));
    }

    /** Lets nobody else in; agents that have their own credential stay. Revoking twice is no error. */
    @Requires(Permission.ENROLMENT_WRITE)
    public EnrollmentToken revoke(String id) {
        EnrollmentToken before = get(id);
        if (!tokens.revoke(id, clock.instant())) {
            throw notFound(id);
        }
        if (before.revokedAt() == null) {
            audit.changed("enrolment_token.revoke", "enrolment_token/" + id, summary(before), Map.of("revoked", true));
        } else {
            audit.unchanged();
        }
        changed(id);
        return get(id);
    }

    /** Who presented the token, latest first. */
    @Transactional(readOnly = true)
    @Requires(Permission.ENROLMENT_READ)
    public List<EnrollmentAttempt> attempts(String id) {
        get(id);
        return attempts.list(id);
    }

    /** How far the token's agents have come. */
    @Transactional(readOnly = true)
    @Requires(Permission.ENROLMENT_READ)
    public EnrollmentProgress progress(String id) {
        EnrollmentToken token = get(id);
        List<Agent> enrolled = new ArrayList<>();
        tokens.agents(id).forEach(agent -> agents.find(agent).ifPresent(enrolled::add));
        return new ProgressReport(token, attempts.list(id), enrolled, clock.instant()).build();
    }

    private static Map<String, ?> summary(EnrollmentToken token) {
        Map<String, Object> summary = new HashMap<>();
        summary.put("label", token.label());
        summary.put("uses", token.maxUses() == null ? "any number" : token.maxUses());
        summary.put(
                "expires",
                token.expiresAt() == null ? "never" : token.expiresAt().toString());
        return summary;
    }

    private void changed(String id) {
        events.publishEvent(new EnrollmentChanged(TenantScope.tenant(), id));
    }

    private void check(NewEnrollmentToken request) {
        List<FieldError> found = new ArrayList<>();
        String label = request.label().strip();
        if (label.isEmpty() || label.length() > LABEL_LENGTH || label.indexOf('\0') >= 0) {
            found.add(new FieldError(
                    "/label",
                    "size",
                    "label: %d characters (expected: 1..%d)".formatted(label.length(), LABEL_LENGTH)));
        }
        Integer maxUses = request.maxUses();
        if (maxUses != null && (maxUses < 1 || maxUses > MAX_USES)) {
            found.add(new FieldError(
                    "/maxUses",
                    "range",
                    "maxUses: %d (expected: 1..%d, or none for any number)".formatted(maxUses, MAX_USES)));
        }
        @Nullable Duration validFor = request.validFor();
        if (validFor != null && (!validFor.isPositive() || validFor.compareTo(LONGEST_VALIDITY) > 0)) {
            found.add(new FieldError(
                    "/validFor",
                    "range",
                    "validFor: %s (expected: more than PT0S and at most P%dD, or none for ever)"
                            .formatted(validFor, LONGEST_VALIDITY.toDays())));
        }
        if (clusters.find(request.cluster()).isEmpty()) {
            found.add(new FieldError(
                    "/cluster",
                    "unknown",
                    "cluster: %s (expected: a cluster of this tenant)"
                            .formatted(request.cluster().value())));
        }
        if (!found.isEmpty()) {
            throw FieldErrors.invalid(found);
        }
    }

    private static LightvesselException notFound(String id) {
        return new LightvesselException(
                OnboardingError.ENROLLMENT_TOKEN_NOT_FOUND,
                "There is no enrolment token %s in this tenant.".formatted(id));
    }
}
