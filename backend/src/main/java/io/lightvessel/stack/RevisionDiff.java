package io.lightvessel.stack;

import java.util.List;

/**
 * What changed between two revisions of a stack: its values, and the rendered text of each role.
 *
 * @param from 0 for the default stack, of which nothing is rendered
 */
public record RevisionDiff(int from, int to, List<StackChange> changes, List<StackPreview.RoleChange> roles) {
    public RevisionDiff {
        changes = List.copyOf(changes);
        roles = List.copyOf(roles);
    }
}
