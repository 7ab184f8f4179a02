package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.stack.Explained;
import io.lightvessel.stack.Inheritance;
import io.lightvessel.stack.StackChange;
import io.lightvessel.stack.StackComparison;
import io.lightvessel.stack.StackDifference;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackRef;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}")
@Tag(name = "Stacks")
class ComparisonController {
    private static final String NAMES = "A stack is named by the number of a revision (0 is the default stack), latest,"
            + " desired (what agents should run), draft: and its id, or given, which is the body.";

    private final ClusterService clusters;
    private final StackComparison stacks;
    private final StackDocument documents;

    ComparisonController(ClusterService clusters, StackComparison stacks, StackDocument documents) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.documents = documents;
    }

    /** Two stacks compared: values by JSON pointer, and the rendered text of each role as a unified diff. */
    record DifferenceBody(
            String from, String to, List<StackChange> changes, List<HistoryController.DiffBody.FileDiff> files) {}

    /** The values of a stack with where they come from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExplanationBody(String of, @Nullable Inheritance inheritance, List<Explained> values) {}

    @PostMapping("/stack:diff")
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Compare two stacks",
            description = NAMES + " From what agents should run to the body, or to the latest revision when there is"
                    + " none. Nothing is stored.",
            operationId = "diffStack")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    DifferenceBody diff(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam(defaultValue = "desired") String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestBody(required = false) @Nullable String document) {
        Cluster of = clusters.get(cluster);
        StackSpec given = given(document);
        StackDifference difference = stacks.diff(
                of,
                StackRefText.parse("from", from, given),
                StackRefText.parse("to", to == null ? defaultName(given) : to, given));
        return new DifferenceBody(
                difference.from(),
                difference.to(),
                difference.changes(),
                HistoryController.DiffBody.files(difference.roles()));
    }

    @PostMapping("/stack:explain")
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Say where each value of a stack comes from",
            description = NAMES + " The body, or the latest revision when there is none. What is no revision yet is"
                    + " explained as if it were saved now. Nothing is stored.",
            operationId = "explainStack")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    ExplanationBody explain(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam(required = false) @Nullable String of,
            @RequestBody(required = false) @Nullable String document) {
        Cluster found = clusters.get(cluster);
        StackSpec given = given(document);
        StackRef ref = StackRefText.parse("of", of == null ? defaultName(given) : of, given);
        StackComparison.Explanation explanation = stacks.explain(found, ref);
        return new ExplanationBody(explanation.of(), explanation.inheritance(), explanation.values());
    }

    private @Nullable StackSpec given(@Nullable String document) {
        return document == null || document.isBlank() ? null : documents.read(document);
    }

    private static String defaultName(@Nullable StackSpec given) {
        return given == null ? "latest" : "given";
    }
}
