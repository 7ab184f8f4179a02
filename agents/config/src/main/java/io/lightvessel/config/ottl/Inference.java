package io.lightvessel.config.ottl;

import io.lightvessel.config.Signal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the context that a statement is meant for by the contexts its paths name. */
final class Inference {

    private final List<OttlContext> contexts;
    private @Nullable OttlContext innermost;

    Inference(Signal signal) {
        this.contexts = OttlContext.of(signal);
    }

    OttlContext found() throws OttlError {
        if (innermost == null) {
            throw new OttlError("no field", 0, "at least one path that names its context, such as " + example());
        }
        return innermost;
    }

    private String example() {
        return contexts.getLast().label() + ".attributes[\"key\"]";
    }

    void look(Syntax syntax) throws OttlError {
        switch (syntax) {
            case Syntax.Literal _, Syntax.Name _ -> {
                // Says nothing about the context.
            }
            case Syntax.Elements list -> lookAll(list.elements());
            case Syntax.Entries map -> lookAll(map.values());
            case Syntax.Path path -> add(path);
            case Syntax.Call call ->
                lookAll(call.arguments().stream().map(Syntax.Argument::value).toList());
            case Syntax.Arithmetic arithmetic -> lookAll(List.of(arithmetic.left(), arithmetic.right()));
            case Syntax.Compare compare -> lookAll(List.of(compare.left(), compare.right()));
            case Syntax.And and -> lookAll(and.terms());
            case Syntax.Or or -> lookAll(or.terms());
            case Syntax.Not not -> look(not.negated());
        }
    }

    private void lookAll(List<Syntax> all) throws OttlError {
        for (Syntax one : all) {
            look(one);
        }
    }

    private void add(Syntax.Path path) throws OttlError {
        String first = path.segments().getFirst().name();
        Optional<OttlContext> context = OttlContext.named(first).filter(contexts::contains);
        if (context.isEmpty() || path.segments().size() == 1) {
            throw new OttlError(
                    "path '" + first + "' without a context",
                    path.at(),
                    contexts.stream().map(known -> known.label() + ".").collect(Collectors.joining(", "))
                            + " in front of it");
        }
        if (innermost == null || context.get().sees(innermost)) {
            innermost = context.get();
        }
    }
}
