package io.lightvessel.stack.web;

import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackSpec;
import java.util.List;

/** What a save would do, on the wire. */
record PreviewBody(
        int baseRevision,
        int desiredRevision,
        StackSpec spec,
        int affectedAgents,
        boolean needsApproval,
        List<StackFinding> findings,
        List<RoleBody> roles) {

    record RoleBody(String role, int agents, String unifiedDiff) {}

    static PreviewBody of(StackSpec spec, StackPreview preview) {
        return new PreviewBody(
                preview.baseRevision(),
                preview.desiredRevision(),
                spec,
                preview.affectedAgents(),
                preview.needsApproval(),
                preview.findings(),
                preview.roles().stream()
                        .map(role -> new RoleBody(role.role().wireName(), role.agents(), role.unifiedDiff()))
                        .toList());
    }
}
