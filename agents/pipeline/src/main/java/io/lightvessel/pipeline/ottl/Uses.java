package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.Expr;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.Statement;
import io.lightvessel.pipeline.rewrite.Level;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which messages statements and conditions look at. */
final class Uses {

    private final Set<OttlContext> contexts = EnumSet.noneOf(OttlContext.class);

    void add(OttlContext context) {
        contexts.add(context);
    }

    void add(Statement statement) {
        contexts.add(statement.target().field().owner());
        for (@Nullable Expr argument : statement.arguments()) {
            if (argument != null) {
                add(argument);
            }
        }
        if (statement.where() != null) {
            add(statement.where());
        }
    }

    void add(Condition condition) {
        switch (condition) {
            case Condition.Always _ -> {
                // Looks at nothing.
            }
            case Condition.And and -> and.terms().forEach(this::add);
            case Condition.Or or -> or.terms().forEach(this::add);
            case Condition.Not not -> add(not.negated());
            case Condition.Holds holds -> add(holds.call());
            case Condition.Compare compare -> {
                add(compare.left());
                add(compare.right());
            }
        }
    }

    private void add(Expr expression) {
        switch (expression) {
            case Expr.Constant _ -> {
                // Looks at nothing.
            }
            case Expr.Read read -> contexts.add(read.path().field().owner());
            case Expr.Elements list -> list.elements().forEach(this::add);
            case Expr.Entries map -> map.values().forEach(this::add);
            case Expr.Arithmetic arithmetic -> {
                add(arithmetic.left());
                add(arithmetic.right());
            }
            case Expr.Convert convert -> {
                for (@Nullable Expr argument : convert.arguments()) {
                    if (argument != null) {
                        add(argument);
                    }
                }
            }
        }
    }

    /** What a rewriter has to show besides records. */
    Set<Level> levels() {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (OttlContext context : contexts) {
            switch (context) {
                case RESOURCE -> levels.add(Level.RESOURCE);
                case SCOPE -> levels.add(Level.SCOPE);
                case METRIC -> levels.add(Level.METRIC);
                case SPAN, SPANEVENT, LOG, DATAPOINT -> {
                    // Records are always shown.
                }
            }
        }
        return levels;
    }
}
