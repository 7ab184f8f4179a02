package io.lightvessel.config.ottl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked statement.
 *
 * @param target what the editor changes
 * @param arguments the editor's further arguments, in the order of its parameters; null where an optional one is not given
 * @param where what has to hold; null if nothing
 */
public record Statement(
        Editor editor,
        Path target,
        List<@Nullable Expr> arguments,
        @Nullable Condition where) {}
