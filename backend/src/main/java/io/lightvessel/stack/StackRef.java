package io.lightvessel.stack;

import java.util.UUID;

/** A stack of a cluster that somebody means. */
public sealed interface StackRef {
    /** One of its history; 0 is the default stack. */
    record Revision(int number) implements StackRef {}

    /** The latest revision, approved or not. */
    record Latest() implements StackRef {}

    /** What agents should run. */
    record Desired() implements StackRef {}

    /** What somebody works on. */
    record OfDraft(UUID id) implements StackRef {}

    /** One that is kept nowhere. */
    record Given(StackSpec spec) implements StackRef {}
}
