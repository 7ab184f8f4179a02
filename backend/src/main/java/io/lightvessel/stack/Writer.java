package io.lightvessel.stack;

import org.jspecify.annotations.Nullable;

/**
 * What writes a stack or a blueprint.
 *
 * @param manager the tool that owns what it writes; null for people in the console and programs that own nothing
 * @param force whether to take over what something else owns
 */
public record Writer(@Nullable Manager manager, boolean force) {
    /** Somebody in the console, or a part of the control plane. */
    public static final Writer CONSOLE = new Writer(null, false);

    /** Whether what it writes is its own. */
    boolean is(Manager owner) {
        return manager == null ? !owner.isTool() : manager.equals(owner);
    }
}
