package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;
import java.util.List;

/**
 * What saving a stack would do.
 *
 * @param baseRevision the latest revision, which a save must start from; 0 when there is none
 * @param desiredRevision the revision agents should run, which is compared with; 0 when there is none
 * @param affectedAgents enrolled agents whose config would change
 * @param needsApproval whether that waits for somebody else to agree
 */
public record StackPreview(
        int baseRevision,
        int desiredRevision,
        List<StackFinding> findings,
        List<RoleChange> roles,
        int affectedAgents,
        boolean needsApproval) {

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
