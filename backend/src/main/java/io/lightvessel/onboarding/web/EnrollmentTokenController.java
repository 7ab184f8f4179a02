package io.lightvessel.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentAttempt;
import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/enrollment-tokens")
@Tag(name = "Enrolment", description = "What lets new agents in")
class EnrollmentTokenController {
    private final EnrollmentTokens tokens;
    private final ClusterService clusters;
    private final Clock clock;

    EnrollmentTokenController(EnrollmentTokens tokens, ClusterService clusters, Clock clock) {
        this.tokens = tokens;
        this.clusters = clusters;
        this.clock = clock;
    }

    @GetMapping
    @Requires(Permission.ENROLMENT_READ)
    @Operation(summary = "List enrolment tokens, newest first", operationId = "listEnrollmentTokens")
    PageBody<TokenBody> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable String cluster,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        PageRequest page = PageRequest.parse(pageSize, pageToken);
        return PageBody.of(
                cluster == null
                        ? tokens.list(page)
                        : tokens.list(clusters.get(cluster).id(), page),
                this::body);
    }

    @PostMapping
    @Requires(Permission.ENROLMENT_WRITE)
    @Operation(
            summary = "Create an enrolment token",
            description = "The secret is in this answer only.",
            operationId = "createEnrollmentToken")
    ResponseEntity<TokenBody> create(@PathVariable String tenant, @RequestBody NewTokenBody request) {
        @Nullable String slug = request.cluster();
        if (slug == null) {
            throw FieldErrors.invalid(List.of(
                    new FieldError("/cluster", "not_null", "cluster: nothing (expected: a cluster of this tenant)")));
        }
        Cluster cluster = clusters.get(slug);
        CreatedToken created = tokens.create(request.request(cluster));
        return ResponseEntity.created(URI.create("/api/v1/tenants/%s/enrollment-tokens/%s"
                        .formatted(tenant, created.token().id())))
                .header("Cache-Control", "no-store")
                .body(TokenBody.of(created.token(), cluster.slug(), clock.instant(), created.secret()));
    }

    @GetMapping("/{token}")
    @Requires(Permission.ENROLMENT_READ)
    @Operation(summary = "Get an enrolment token", operationId = "getEnrollmentToken")
    TokenBody get(@PathVariable String tenant, @PathVariable String token) {
        return body(tokens.get(token));
    }

    @PostMapping("/{token}:revoke")
    @Requires(Permission.ENROLMENT_WRITE)
    @Operation(
            summary = "Revoke an enrolment token",
            description = "Agents that enrolled with it stay connected.",
            operationId = "revokeEnrollmentToken")
    TokenBody revoke(@PathVariable String tenant, @PathVariable String token) {
        return body(tokens.revoke(token));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttemptBody(
            boolean accepted,
            String code,
            String detail,
            String remoteAddress,
            @Nullable String instanceUid,
            @Nullable String agent,
            int count,
            Instant firstAt,
            Instant lastAt) {}

    @GetMapping("/{token}/attempts")
    @Requires(Permission.ENROLMENT_READ)
    @Operation(
            summary = "List who presented the token with what outcome, latest first",
            description = "At most 200; repetitions are counted.",
            operationId = "listEnrollmentAttempts")
    PageBody<AttemptBody> attempts(@PathVariable String tenant, @PathVariable String token) {
        return new PageBody<>(
                tokens.attempts(token).stream()
                        .map(EnrollmentTokenController::body)
                        .toList(),
                null);
    }

    @GetMapping("/{token}/progress")
    @Requires(Permission.ENROLMENT_READ)
    @Operation(summary = "Get how far the newest agent of a token has come", operationId = "getEnrollmentProgress")
    ProgressBody progress(@PathVariable String tenant, @PathVariable String token) {
        return ProgressBody.of(tokens.progress(token));
    }

    private static AttemptBody body(EnrollmentAttempt attempt) {
        return new AttemptBody(
                attempt.accepted(),
                attempt.code(),
                attempt.detail(),
                attempt.remoteAddress(),
                attempt.instanceUid(),
                attempt.agent(),
                attempt.count(),
                attempt.firstAt(),
                attempt.lastAt());
    }

    private TokenBody body(EnrollmentToken token) {
        return TokenBody.of(token, slug(token.cluster()), clock.instant(), null);
    }

    private String slug(ClusterId cluster) {
        return clusters.find(cluster).map(Cluster::slug).orElse("");
    }
}
