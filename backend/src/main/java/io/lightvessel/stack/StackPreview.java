package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;
import java.util.List;

/**
 * What saving a stack would do.
 *
 * @param baseRevision the revision compared with; 0 when there is none
 * @param affectedAgents enrolled agents whose config would change
 */
public record StackPreview(int baseRevision, List<StackFinding> findings, List<RoleChange> roles, int affectedAgents) {

    public StackPreview {
        findings = List.copyOf(findings);
        roles = List.copyOf(roles);
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(StackFinding::isError);
    }

    /** The change to one role's config; the diff is in unified form and empty when nothing changes. */
    public record RoleChange(AgentRole role, String oldText, String newText, String unifiedDiff, int agents) {
        public boolean isChanged() {
            return !oldText.equals(newText);
        }
    }
}
