package io.lightvessel.profiles.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.fleet.FleetError;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.platform.web.Api;
import io.lightvessel.profiles.ProfileAnswers;
import io.lightvessel.profiles.ProfileQuery;
import io.lightvessel.profiles.ProfileService;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/profiles")
@Tag(name = "Profiles", description = "What the CPUs of a cluster's nodes ran in the last minutes")
class ProfileController {
    private static final int LONGEST = 200;

    private final ClusterService clusters;
    private final AgentService agents;
    private final ProfileService profiles;

    ProfileController(ClusterService clusters, AgentService agents, ProfileService profiles) {
        this.clusters = clusters;
        this.agents = agents;
        this.profiles = profiles;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfilesBody(
            @Nullable Instant from,
            @Nullable Instant to,
            long samples,
            List<ProfileAnswers.Node> nodes,
            long left,
            List<ProcessBody> processes,
            List<ProfilerBody> profilers) {}

    record ProcessBody(String agent, String key, Map<String, String> labels, double cpuSeconds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfilerBody(
            String agent, String name, @Nullable String silent, boolean configured, List<String> problems) {}

    @GetMapping
    @Requires(Permission.AGENT_READ)
    @Operation(
            summary = "Show what the CPUs of a cluster's nodes ran",
            description =
                    "Asked of the connected agents at this moment; takes up to five seconds when one is silent. The "
                            + "nodes are those of a flame graph: callers stand before what they called, which is one deeper.",
            operationId = "getProfiles")
    ProfilesBody find(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @Parameter(description = "Only the node of this agent") @RequestParam(required = false) @Nullable
                    String agent,
            @Parameter(description = "Only this service") @RequestParam(required = false) @Nullable String service,
            @Parameter(description = "Only the process with this key; needs an agent")
                    @RequestParam(required = false)
                    @Nullable
                    String process,
            @Parameter(description = "How far back from now, 1 to 60; 5 when not given")
                    @RequestParam(required = false)
                    @Nullable
                    Integer minutes) {
        if (process != null && agent == null) {
            throw malformed("process", process, "an agent too, since keys of processes are those of one node");
        }
        ProfileQuery query = new ProfileQuery(
                agent == null ? null : agent(agent),
                bounded("service", service),
                bounded("process", process),
                Duration.ofMinutes(minutes(minutes)));
        ProfileAnswers answers = profiles.find(clusters.get(cluster).id(), query);
        return new ProfilesBody(
                answers.from(),
                answers.to(),
                answers.samples(),
                answers.nodes(),
                answers.left(),
                answers.processes().stream().map(ProfileController::body).toList(),
                answers.profilers().stream()
                        .map(profiler -> new ProfilerBody(
                                profiler.agent().toString(),
                                profiler.name(),
                                profiler.silent(),
                                profiler.configured(),
                                profiler.problems()))
                        .toList());
    }

    private static ProcessBody body(ProfileAnswers.Process process) {
        return new ProcessBody(
                process.agent().toString(), process.key(), new TreeMap<>(process.labels()), process.cpuNanos() / 1e9);
    }

    /** Agents of others do not exist here. */
    private AgentId agent(String text) {
        try {
            return agents.get(new AgentId(text)).id();
        } catch (IllegalArgumentException e) {
            throw new LightvesselException(
                    FleetError.AGENT_NOT_FOUND, "There is no agent " + text + " in this tenant.");
        }
    }

    private static int minutes(@Nullable Integer given) {
        if (given == null) {
            return ProfileQuery.USUAL_MINUTES;
        }
        if (given < 1 || given > ProfileQuery.MOST_MINUTES) {
            throw malformed("minutes", given.toString(), "1.." + ProfileQuery.MOST_MINUTES);
        }
        return given;
    }

    private static String bounded(String parameter, @Nullable String text) {
        if (text != null && text.length() > LONGEST) {
            throw malformed(parameter, text.length() + " characters", "at most " + LONGEST + " characters");
        }
        return text == null ? "" : text;
    }

    private static LightvesselException malformed(String parameter, String found, String expected) {
        String detail = "%s: %s (expected: %s)".formatted(parameter, found, expected);
        return new LightvesselException(
                PlatformError.MALFORMED_REQUEST,
                detail,
                List.of(new FieldError("?" + parameter, "invalid_parameter", detail)));
    }
}
