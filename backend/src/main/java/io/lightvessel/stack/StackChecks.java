package io.lightvessel.stack;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says what is wrong with a stack and what saving it would change, down to the rendered text of every role. */
@Component
class StackChecks {
    private static final int CONTEXT_LINES = 3;

    private final StackRules rules;
    private final RoleRenderer renderer;
    // Asked for late: who counts agents reads stacks in turn.
    private final ObjectProvider<AgentCensus> census;

    StackChecks(StackRules rules, RoleRenderer renderer, ObjectProvider<AgentCensus> census) {
        this.rules = rules;
        this.renderer = renderer;
        this.census = census;
    }

    /** Throws when a stack's parts are wrong in themselves or together. */
    void requireForm(StackSpec spec) {
        throwIfAny(rules.errors(spec));
    }

    /** Throws when a stack must not be saved. */
    void require(Cluster cluster, StackSpec spec) {
        requireForm(spec);
        throwIfAny(configFindings(cluster, spec).stream()
                .filter(StackFinding::isError)
                .map(finding -> new FieldError(
                        pointer(spec, finding.source()), "config_invalid", finding.path() + ": " + finding.message()))
                .toList());
    }

    /** What is rendered has no place of its own in the stack; what is written by hand has. */
    private static String pointer(StackSpec spec, StackFinding.Source source) {
        for (AgentRole role : AgentRole.values()) {
            if (source(role) == source && spec.raw().of(role) != null) {
                return "/raw/" + role.wireName();
            }
        }
        return "";
    }

    private static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            String first = errors.getFirst().detail();
            throw new LightvesselException(
                    StackError.STACK_INVALID,
                    errors.size() == 1 ? first : first + ", and %d more".formatted(errors.size() - 1),
                    errors);
        }
    }

    StackPreview preview(Cluster cluster, StackBase base, StackSpec spec) {
        int desired = base.released().map(StackRevision::number).orElse(0);
        List<FieldError> errors = rules.errors(spec);
        if (!errors.isEmpty()) {
            return new StackPreview(
                    base.number(),
                    desired,
                    errors.stream().map(StackChecks::finding).toList(),
                    List.of(),
                    0,
                    base.asked());
        }
        List<StackFinding> findings = new ArrayList<>(configFindings(cluster, spec));
        findings.addAll(rules.warnings(spec));
        findings.addAll(renderer.leftOut(spec));
        findings.addAll(renderer.traps(spec));
        List<StackPreview.RoleChange> roles = changes(cluster, base.running(), spec);
        int affected = roles.stream()
                .filter(StackPreview.RoleChange::isChanged)
                .mapToInt(StackPreview.RoleChange::agents)
                .sum();
        return new StackPreview(base.number(), desired, findings, roles, affected, base.asked());
    }

    /** The rendered texts of two stacks compared, for every role; of nothing when there is none before. */
    List<StackPreview.RoleChange> changes(Cluster cluster, @Nullable StackSpec before, StackSpec spec) {
        List<StackPreview.RoleChange> roles = new ArrayList<>();
        for (AgentRole role : AgentRole.values()) {
            roles.add(change(cluster, before, spec, role));
        }
        return roles;
    }

    private StackPreview.RoleChange change(
            Cluster cluster, @Nullable StackSpec before, StackSpec spec, AgentRole role) {
        ClusterFacts facts = ClusterFacts.of(cluster);
        String oldText =
                before == null ? "" : renderer.agentConfig(before, facts, role).text();
        RenderedFile file = renderer.agentConfig(spec, facts, role);
        return new StackPreview.RoleChange(
                role,
                oldText,
                file.text(),
                diff(file.name(), oldText, file.text()),
                census.getObject().enrolled(cluster.id(), role));
    }

    private List<StackFinding> configFindings(Cluster cluster, StackSpec spec) {
        List<StackFinding> found = new ArrayList<>();
        for (AgentRole role : AgentRole.values()) {
            String text =
                    renderer.agentConfig(spec, ClusterFacts.of(cluster), role).text();
            for (Finding finding :
                    ConfigParser.parse(text, Environment.UNRESOLVED).findings()) {
                found.add(new StackFinding(
                        finding.isError() ? StackFinding.Severity.ERROR : StackFinding.Severity.WARNING,
                        source(role),
                        finding.path(),
                        finding.message()));
            }
        }
        return found;
    }

    private static String diff(String name, String oldText, String newText) {
        List<String> before = oldText.lines().toList();
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name,
                "b/" + name,
                before,
                DiffUtils.diff(before, newText.lines().toList()),
                CONTEXT_LINES);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static StackFinding finding(FieldError error) {
        String path =
                error.pointer().isEmpty() ? "" : error.pointer().substring(1).replace('/', '.');
        return new StackFinding(StackFinding.Severity.ERROR, StackFinding.Source.STACK, path, error.detail());
    }

    private static StackFinding.Source source(AgentRole role) {
        return switch (role) {
            case GATEWAY -> StackFinding.Source.GATEWAY_CONFIG;
            case COLLECTOR -> StackFinding.Source.COLLECTOR_CONFIG;
            case EDGE -> StackFinding.Source.EDGE_CONFIG;
        };
    }
}
