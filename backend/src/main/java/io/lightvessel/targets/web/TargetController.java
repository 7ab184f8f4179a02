package io.lightvessel.targets.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.targets.Target;
import io.lightvessel.targets.TargetAnswers;
import io.lightvessel.targets.TargetQuery;
import io.lightvessel.targets.TargetService;
import io.lightvessel.targets.TargetState;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/targets")
@Tag(name = "Targets", description = "What a cluster's gateways scrape, and which of them owns what")
class TargetController {
    private final ClusterService clusters;
    private final TargetService targets;

    TargetController(ClusterService clusters, TargetService targets) {
        this.clusters = clusters;
        this.targets = targets;
    }

    record TargetsBody(
            List<TargetBody> items,
            @Nullable String nextPageToken,
            Map<String, Integer> counts,
            List<ReplicaBody> replicas) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TargetBody(
            String key,
            String receiver,
            String job,
            String kind,
            String url,
            Map<String, String> labels,
            String state,
            String error,
            @Nullable Instant lastScrape,
            double lastDurationSeconds,
            long lastSamples,
            @Nullable Instant nextScrape,
            List<String> owners,
            @Nullable Instant ownedSince,
            @Nullable String predictedOwner) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReplicaBody(
            String agent,
            String name,
            @Nullable String silent,
            List<String> problems,
            TargetAnswers.@Nullable Member member) {}

    @GetMapping
    @Requires(Permission.AGENT_READ)
    @Operation(
            summary = "List what a cluster's gateways scrape",
            description =
                    "Asked of the connected gateways at this moment; takes up to five seconds when one is silent.",
            operationId = "listTargets")
    TargetsBody list(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @Parameter(description = "Only targets of this job") @RequestParam(required = false) @Nullable String job,
            @Parameter(description = "up, down, pending, unowned or dropped") @RequestParam(required = false) @Nullable
                    String state,
            @Parameter(description = "Only targets that the agent with this id or name owns")
                    @RequestParam(required = false)
                    @Nullable
                    String owner,
            @Parameter(description = "Only targets with this text in job, URL or the value of a label")
                    @RequestParam(required = false)
                    @Nullable
                    String text,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        TargetQuery query = new TargetQuery(
                job,
                state == null ? null : state(state),
                owner == null ? null : bounded("owner", owner),
                text == null ? "" : bounded("text", text));
        TargetAnswers answers = targets.list(clusters.get(cluster).id(), query, PageRequest.parse(pageSize, pageToken));
        PageBody<TargetBody> page = PageBody.of(answers.targets(), TargetController::body);
        Map<String, Integer> counts = new TreeMap<>();
        answers.counts().forEach((counted, count) -> counts.put(counted.wireName(), count));
        return new TargetsBody(
                page.items(),
                page.nextPageToken(),
                counts,
                answers.replicas().stream()
                        .map(replica -> new ReplicaBody(
                                replica.agent().toString(),
                                replica.name(),
                                replica.silent(),
                                replica.problems(),
                                replica.member()))
                        .toList());
    }

    private static TargetBody body(Target target) {
        return new TargetBody(
                target.key(),
                target.receiver(),
                target.job(),
                target.kind(),
                target.url(),
                new TreeMap<>(target.labels()),
                target.state().wireName(),
                target.error(),
                target.lastScrape(),
                target.lastDuration().toNanos() / 1e9,
                target.samples(),
                target.nextScrape(),
                target.owners().stream().map(AgentId::toString).toList(),
                target.ownedSince(),
                target.predictedOwner());
    }

    private static TargetState state(String text) {
        return Arrays.stream(TargetState.values())
                .filter(state ->
                        state != TargetState.UNKNOWN && state.wireName().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> malformed(
                        "state",
                        text,
                        Arrays.stream(TargetState.values())
                                .filter(state -> state != TargetState.UNKNOWN)
                                .map(TargetState::wireName)
                                .collect(Collectors.joining(", "))));
    }

    private static String bounded(String parameter, String text) {
        if (text.length() > 200) {
            throw malformed(parameter, text.length() + " characters", "at most 200 characters");
        }
        return text;
    }

    private static LightvesselException malformed(String parameter, String found, String expected) {
        String detail = "%s: %s (expected: %s)".formatted(parameter, found, expected);
        return new LightvesselException(
                PlatformError.MALFORMED_REQUEST,
                detail,
                List.of(new FieldError("?" + parameter, "invalid_parameter", detail)));
    }
}
