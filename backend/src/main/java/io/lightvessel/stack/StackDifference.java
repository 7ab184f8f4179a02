package io.lightvessel.stack;

import java.util.List;

/**
 * What is different between two stacks: values, and the rendered text of each role.
 *
 * @param from the number of a revision (0 is the default stack, of which nothing is rendered), {@code draft:} and an id, or
 *     {@code given}
 * @param to likewise
 */
public record StackDifference(String from, String to, List<StackChange> changes, List<StackPreview.RoleChange> roles) {
    public StackDifference {
        changes = List.copyOf(changes);
        roles = List.copyOf(roles);
    }
}
