package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides groups into as few walks over a request as give the same result as one walk for each, which is what the groups'
 * order means: a walk goes from the outside in, so a group of an outer context needs a new walk behind one of an inner
 * context, and so does whatever comes behind a group that changes what is around its records.
 */
final class Passes {

    private Passes() {}

    static List<List<Group>> of(List<Group> groups) {
        List<List<Group>> passes = new ArrayList<>();
        List<Group> pass = new ArrayList<>();
        for (Group group : groups) {
            if (!pass.isEmpty() && needsNewPass(pass.getLast(), group)) {
                passes.add(pass);
                pass = new ArrayList<>();
            }
            pass.add(group);
        }
        if (!pass.isEmpty()) {
            passes.add(pass);
        }
        return passes;
    }

    private static boolean needsNewPass(Group last, Group next) {
        return next.context().depth() < last.context().depth() || changesOuter(last);
    }

    private static boolean changesOuter(Group group) {
        return group.statements().stream().anyMatch(guarded -> {
            OttlContext changed = guarded.statement().target().field().owner();
            return changed != group.context();
        });
    }
}
