package io.lightvessel.config.ottl;

import io.lightvessel.config.Signal;
import java.util.List;

/** Reads statements and conditions and finds all that is wrong with them before they run. */
public final class Ottl {

    private static final int LONGEST = 16 << 10;

    private Ottl() {}

    /** A statement for a context, whose own paths may leave it out. */
    public static Statement statement(String text, OttlContext context) throws OttlError {
        return new Checker(new PathResolver(context, false)).statement(parsed(text));
    }

    /** A statement for a context that was inferred, so that all its paths must name theirs. */
    public static Statement qualifiedStatement(String text, OttlContext context) throws OttlError {
        return new Checker(new PathResolver(context, true)).statement(parsed(text));
    }

    /** Like {@link #statement}, for something that holds or does not. */
    public static Condition condition(String text, OttlContext context) throws OttlError {
        return new Checker(new PathResolver(context, false)).condition(parsedCondition(text));
    }

    /** Like {@link #qualifiedStatement}, for something that holds or does not. */
    public static Condition qualifiedCondition(String text, OttlContext context) throws OttlError {
        return new Checker(new PathResolver(context, true)).condition(parsedCondition(text));
    }

    /** The innermost context that a statement's paths name. */
    public static OttlContext contextOf(String statement, Signal signal) throws OttlError {
        Syntax.Whole parsed = parsed(statement);
        Inference inference = new Inference(signal);
        inference.look(parsed.editor());
        if (parsed.where() != null) {
            inference.look(parsed.where());
        }
        return inference.found();
    }

    /** The innermost context that a condition's paths name. */
    public static OttlContext contextOfCondition(String condition, Signal signal) throws OttlError {
        Inference inference = new Inference(signal);
        inference.look(parsedCondition(condition));
        return inference.found();
    }

    /** The innermost of several contexts of one signal. */
    public static OttlContext innermost(List<OttlContext> contexts) {
        OttlContext innermost = contexts.getFirst();
        for (OttlContext context : contexts) {
            innermost = context.sees(innermost) ? context : innermost;
        }
        return innermost;
    }

    private static Syntax.Whole parsed(String text) throws OttlError {
        checkLength(text);
        return Parser.statement(text);
    }

    private static Syntax parsedCondition(String text) throws OttlError {
        checkLength(text);
        return Parser.condition(text);
    }

    private static void checkLength(String text) throws OttlError {
        if (text.length() > LONGEST) {
            throw new OttlError(text.length() + " characters", 0, "at most " + LONGEST);
        }
    }
}
