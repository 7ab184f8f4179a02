package io.lightvessel.stack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change to a stack is seen against.
 *
 * @param latest which it starts from
 * @param released which agents should run
 * @param asked whether somebody has to agree before agents run the change
 */
record StackBase(Optional<StackRevision> latest, Optional<StackRevision> released, boolean asked) {

    int number() {
        return latest.map(StackRevision::number).orElse(0);
    }

    @Nullable
    StackSpec running() {
        return released.map(StackRevision::spec).orElse(null);
    }
}
