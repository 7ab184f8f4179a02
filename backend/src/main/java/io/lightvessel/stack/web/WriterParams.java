package io.lightvessel.stack.web;

import io.lightvessel.stack.Manager;
import io.lightvessel.stack.Writer;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** As what a request writes a stack or a blueprint. */
record WriterParams(
        @Parameter(
                description =
                        "The tool that owns what it writes, and where that is kept: git: or terraform: and a place, such"
                                + " as git:https://git.example/fleet/prod.yaml. Nothing else may change it from then on (409).")
        @Nullable
        String managedBy,

        @Parameter(description = "Takes over what something else owns; it is in the audit log.") @Nullable
        Boolean force) {

    Writer writer() {
        return new Writer(
                managedBy == null || managedBy.isBlank() ? null : Manager.parse(managedBy), Boolean.TRUE.equals(force));
    }
}
