package io.lightvessel.config.ottl;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lightvessel.config.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Matches the arguments of a call with a function's parameters. */
final class Arguments {

    private final Checker checker;
    private final Syntax.Call call;
    private final List<Parameter> parameters;
    private final @Nullable Syntax[] given;

    Arguments(Checker checker, Syntax.Call call, List<Parameter> parameters) throws OttlError {
        this.checker = checker;
        this.call = call;
        this.parameters = parameters;
        this.given = new Syntax[parameters.size()];
        assign();
    }

    private void assign() throws OttlError {
        boolean named = false;
        for (int i = 0; i < call.arguments().size(); i++) {
            Syntax.Argument argument = call.arguments().get(i);
            if (argument.name() == null) {
                if (named) {
                    throw new OttlError(
                            "an argument without a name", argument.at(), "a name, as the arguments before it");
                }
                if (i >= parameters.size()) {
                    throw new OttlError("one more argument", argument.at(), signature());
                }
                given[i] = argument.value();
            } else {
                named = true;
                assignNamed(argument.name(), argument);
            }
        }
        for (int i = 0; i < given.length; i++) {
            if (given[i] == null && !parameters.get(i).optional()) {
                throw new OttlError(
                        "'" + call.name() + "' without " + parameters.get(i).name(), call.at(), signature());
            }
        }
    }

    private void assignNamed(String name, Syntax.Argument argument) throws OttlError {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new OttlError("unknown argument '" + name + "'", argument.at(), NearestName.expected(name, names));
        }
        if (given[index] != null) {
            throw new OttlError("argument '" + name + "' again", argument.at(), "each argument once");
        }
        given[index] = argument.value();
    }

    private String signature() {
        return parameters.stream()
                .map(parameter -> parameter.optional() ? "[" + parameter.name() + "]" : parameter.name())
                .collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    /** Where an argument stands. */
    int at(int index) {
        Syntax syntax = given[index];
        return syntax == null ? call.at() : syntax.at();
    }

    /** The first argument of an editor. */
    Path target(Editor editor) throws OttlError {
        Parameter parameter = parameters.getFirst();
        if (!(given[0] instanceof Syntax.Path syntax)) {
            throw misfit(0, "a value");
        }
        Path path = checker.path(syntax);
        if (!path.field().writable()) {
            throw new OttlError("'" + path + "'", syntax.at(), "a field that can be changed");
        }
        if (parameter.kind() == Parameter.Kind.MAP_TARGET && !path.type().mayBe(Type.MAP)) {
            throw new OttlError(
                    "'" + path + "', which is " + path.type().phrase(),
                    syntax.at(),
                    parameter.kind().phrase());
        }
        if (editor != Editor.SET
                && parameter.kind() == Parameter.Kind.TARGET
                && !path.type().mayBe(Type.TEXT)) {
            throw new OttlError(
                    "'" + path + "', which is " + path.type().phrase(), syntax.at(), "a field that is a text");
        }
        return path;
    }

    /** The arguments from an index on; null where an optional one is not given. */
    List<@Nullable Expr> rest(int from) throws OttlError {
        @Nullable Expr[] rest = new Expr[parameters.size() - from];
        for (int i = from; i < parameters.size(); i++) {
            rest[i - from] = given[i] == null ? null : argument(i, given[i]);
        }
        return Arrays.asList(rest);
    }

    private Expr argument(int index, Syntax syntax) throws OttlError {
        Parameter.Kind kind = parameters.get(index).kind();
        if (kind == Parameter.Kind.VALUES && !(syntax instanceof Syntax.Elements)) {
            throw misfit(index, "a value");
        }
        Expr value = checker.value(syntax);
        boolean fits = switch (kind) {
            case VALUE, VALUES -> true;
            case TEXT -> value.type().mayBe(Type.TEXT);
            case WHOLE -> value.type().mayBe(Type.WHOLE);
            case MAP -> value.type().mayBe(Type.MAP);
            case LITERAL_TEXT, PATTERN, GLOB -> isConstant(value, Type.TEXT);
            case LITERAL_FLAG -> isConstant(value, Type.FLAG);
            case BYTES -> isConstant(value, Type.BYTES);
            case LITERAL_LIMIT ->
                value instanceof Expr.Constant constant && constant.value() instanceof Long limit && limit >= 0;
            case LITERAL_TEXTS ->
                value instanceof Expr.Elements list
                        && list.elements().stream().allMatch(element -> isConstant(element, Type.TEXT));
            case TARGET, MAP_TARGET -> false;
        };
        if (!fits) {
            throw misfit(index, value.type().phrase());
        }
        if (value instanceof Expr.Constant constant && kind == Parameter.Kind.PATTERN) {
            checkPattern(index, String.valueOf(constant.value()), "an RE2 regular expression");
        } else if (value instanceof Expr.Constant constant && kind == Parameter.Kind.GLOB) {
            checkPattern(index, Glob.regex(String.valueOf(constant.value())), kind.phrase());
        }
        return value;
    }

    private static boolean isConstant(Expr value, Type type) {
        return value instanceof Expr.Constant constant && constant.type() == type;
    }

    private void checkPattern(int index, String pattern, String expected) throws OttlError {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new OttlError("pattern \"" + pattern + "\" (" + e.getDescription() + ")", at(index), expected);
        }
    }

    private OttlError misfit(int index, String found) {
        Parameter parameter = parameters.get(index);
        return new OttlError(
                found + " as " + parameter.name() + " of '" + call.name() + "'",
                at(index),
                parameter.kind().phrase());
    }

    /** The texts of a list of texts. */
    static List<String> texts(@Nullable Expr value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Expr.Elements list) {
            for (Expr element : list.elements()) {
                if (element instanceof Expr.Constant constant) {
                    texts.add(String.valueOf(constant.value()));
                }
            }
        }
        return texts;
    }
}
