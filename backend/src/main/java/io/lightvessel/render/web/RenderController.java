package io.lightvessel.render.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Api;
import io.lightvessel.render.RenderError;
import io.lightvessel.render.RenderTarget;
import io.lightvessel.render.Rendering;
import io.lightvessel.render.StackRenderer;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.wire.AgentRole;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack:render")
@Tag(name = "Stacks")
class RenderController {
    private final ClusterService clusters;
    private final StackService stacks;
    private final StackDocument documents;
    private final StackRenderer renderer;

    RenderController(ClusterService clusters, StackService stacks, StackDocument documents, StackRenderer renderer) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.documents = documents;
        this.renderer = renderer;
    }

    @PostMapping
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Render the stack",
            description =
                    "Renders the stack that agents should run, or, when there is a body, that one. Nothing is stored. What a target"
                            + " cannot say of the stack, or says otherwise, is a finding with its path, a reason and a fix."
                            + " The role is needed for agent, otelcol and alloy.",
            operationId = "renderStack")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    Rendering render(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam(defaultValue = "agent")
                    @Schema(allowableValues = {"agent", "otelcol", "alloy", "kubernetes", "backends"})
                    String target,
            @RequestParam(required = false) @Schema(allowableValues = {"gateway", "collector", "edge"}) @Nullable
                    String role,
            @RequestBody(required = false) @Nullable String document) {
        Cluster found = clusters.get(cluster);
        StackSpec spec = document == null || document.isBlank()
                ? stacks.released(found.id()).map(StackRevision::spec).orElseGet(StackSpec::defaults)
                : stacks.requireValid(documents.read(document));
        ClusterFacts facts = ClusterFacts.of(found);
        RenderTarget wanted = target(target);
        return renderer.render(spec, facts, wanted, wanted.hasRoles() ? role(role) : AgentRole.GATEWAY);
    }

    private static RenderTarget target(String text) {
        return RenderTarget.ofWireName(text)
                .orElseThrow(() -> new LightvesselException(
                        RenderError.RENDER_TARGET_UNKNOWN,
                        "target: %s (expected: %s)"
                                .formatted(
                                        text,
                                        Arrays.stream(RenderTarget.values())
                                                .map(RenderTarget::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    private static AgentRole role(@Nullable String text) {
        return (text == null ? Optional.<AgentRole>empty() : AgentRole.ofWireName(text))
                .orElseThrow(() -> new LightvesselException(
                        RenderError.RENDER_ROLE_MISSING,
                        "role: %s (expected: gateway, collector or edge)".formatted(text == null ? "nothing" : text)));
    }
}
