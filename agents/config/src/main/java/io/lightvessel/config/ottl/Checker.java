package io.lightvessel.config.ottl;

import io.lightvessel.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks names up and checks types. */
final class Checker {

    private final PathResolver resolver;

    Checker(PathResolver resolver) {
        this.resolver = resolver;
    }

    Statement statement(Syntax.Whole whole) throws OttlError {
        Syntax.Call call = whole.editor();
        Optional<Editor> editor = Editor.named(call.name());
        if (editor.isEmpty()) {
            throw new OttlError(
                    "unknown function '" + call.name() + "'",
                    call.at(),
                    NearestName.expected(call.name(), Editor.names()));
        }
        Arguments arguments = new Arguments(this, call, editor.get().parameters());
        Path target = arguments.target(editor.get());
        List<@Nullable Expr> rest = arguments.rest(1);
        new EditorRules(arguments).check(editor.get(), target, rest);
        return new Statement(editor.get(), target, rest, whole.where() == null ? null : condition(whole.where()));
    }

    Condition condition(Syntax syntax) throws OttlError {
        return switch (syntax) {
            case Syntax.And and -> new Condition.And(conditions(and.terms()));
            case Syntax.Or or -> new Condition.Or(conditions(or.terms()));
            case Syntax.Not not -> new Condition.Not(condition(not.negated()));
            case Syntax.Compare compare -> comparison(compare);
            case Syntax.Literal literal when literal.value() instanceof Boolean holds -> new Condition.Always(holds);
            case Syntax.Call call when !call.isEditor() -> holds(call);
            case Syntax.Path path -> {
                Path resolved = resolver.path(path);
                throw new OttlError(
                        "'" + path.segments().getFirst().name() + "' alone",
                        path.at(),
                        "a comparison, such as " + resolved + " == "
                                + (resolved.type().mayBe(Type.FLAG) ? "true" : "..."));
            }
            case Syntax.Literal _,
                    Syntax.Name _,
                    Syntax.Elements _,
                    Syntax.Entries _,
                    Syntax.Arithmetic _,
                    Syntax.Call _ ->
                throw new OttlError("a value alone", syntax.at(), "a condition, such as a comparison");
        };
    }

    private List<Condition> conditions(List<Syntax> terms) throws OttlError {
        List<Condition> all = new ArrayList<>();
        for (Syntax term : terms) {
            all.add(condition(term));
        }
        return all;
    }

    private Condition holds(Syntax.Call call) throws OttlError {
        Expr.Convert convert = call(call);
        if (!convert.type().mayBe(Type.FLAG)) {
            throw new OttlError(
                    "function '" + call.name() + "', which gives "
                            + convert.type().phrase(),
                    call.at(),
                    "a comparison or a function that gives true or false");
        }
        return new Condition.Holds(convert);
    }

    private Condition comparison(Syntax.Compare compare) throws OttlError {
        Expr left = value(compare.left());
        Expr right = value(compare.right());
        Type a = left.type();
        Type b = right.type();
        boolean alike = a.mayBe(b) || a == Type.NIL || b == Type.NIL || (a.isNumber() && b.isNumber());
        if (!alike) {
            throw new OttlError(
                    a.phrase() + " " + compare.operator().symbol() + " " + b.phrase(),
                    compare.at(),
                    "values of one type");
        }
        if (compare.operator().isOrder() && (hasNoOrder(a) || hasNoOrder(b))) {
            throw new OttlError(
                    a.phrase() + " " + compare.operator().symbol() + " " + b.phrase(), compare.at(), "== or !=");
        }
        return new Condition.Compare(compare.operator(), left, right);
    }

    private static boolean hasNoOrder(Type type) {
        return switch (type) {
            case MAP, LIST, TRACE_ID, SPAN_ID -> true;
            case ANY, NIL, TEXT, WHOLE, DECIMAL, FLAG, BYTES -> false;
        };
    }

    Expr value(Syntax syntax) throws OttlError {
        return switch (syntax) {
            case Syntax.Literal literal -> new Expr.Constant(literal.type(), literal.value());
            case Syntax.Name name -> name(name);
            case Syntax.Elements list -> new Expr.Elements(values(list.elements()));
            case Syntax.Entries map -> new Expr.Entries(map.keys(), values(map.values()));
            case Syntax.Path path -> new Expr.Read(resolver.path(path));
            case Syntax.Call call -> call(call);
            case Syntax.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Syntax.Compare _, Syntax.And _, Syntax.Or _, Syntax.Not _ ->
                throw new OttlError("a condition", syntax.at(), "a value");
        };
    }

    private List<Expr> values(List<Syntax> all) throws OttlError {
        List<Expr> values = new ArrayList<>();
        for (Syntax one : all) {
            Expr value = value(one);
            if (value.type() == Type.TRACE_ID || value.type() == Type.SPAN_ID) {
                throw new OttlError(value.type().phrase() + " in a list or map", one.at(), "its .string");
            }
            values.add(value);
        }
        return values;
    }

    private Expr name(Syntax.Name name) throws OttlError {
        if (Converter.named(name.name()).isPresent()) {
            throw new OttlError("'" + name.name() + "' without arguments", name.at(), "(...) behind it");
        }
        return new Expr.Constant(Type.WHOLE, resolver.number(name));
    }

    private Expr.Convert call(Syntax.Call call) throws OttlError {
        if (call.isEditor()) {
            throw new OttlError(
                    "function '" + call.name() + "' as a value",
                    call.at(),
                    "a function that begins with a capital letter");
        }
        Optional<Converter> converter = Converter.named(call.name());
        if (converter.isEmpty()) {
            throw new OttlError(
                    "unknown function '" + call.name() + "'",
                    call.at(),
                    NearestName.expected(call.name(), Converter.names()));
        }
        Type result = converter.get().result();
        if (!call.keys().isEmpty() && result != Type.ANY && result != Type.LIST && result != Type.MAP) {
            throw new OttlError(
                    "keys behind '" + call.name() + "'", call.at(), "none, since it gives " + result.phrase());
        }
        if (result == Type.LIST && !call.keys().isEmpty() && call.keys().getFirst() instanceof Key.Name) {
            throw new OttlError("a key behind '" + call.name() + "'", call.at(), "an index, since it gives a list");
        }
        Arguments arguments = new Arguments(this, call, converter.get().parameters());
        Expr.Convert convert = new Expr.Convert(converter.get(), arguments.rest(0), call.keys());
        if (result == Type.TRACE_ID || result == Type.SPAN_ID) {
            checkId(convert, arguments.at(0), result == Type.TRACE_ID ? 16 : 8);
        }
        return convert;
    }

    private static void checkId(Expr.Convert convert, int at, int size) throws OttlError {
        if (convert.arguments().getFirst() instanceof Expr.Constant constant
                && constant.value() instanceof byte[] bytes
                && bytes.length != size) {
            throw new OttlError("an id of " + bytes.length + " bytes", at, size + " bytes");
        }
    }

    private Expr arithmetic(Syntax.Arithmetic arithmetic) throws OttlError {
        Expr left = value(arithmetic.left());
        Expr right = value(arithmetic.right());
        checkNumber(left, arithmetic.left());
        checkNumber(right, arithmetic.right());
        if (left.type().isNumber() && right.type().isNumber() && left.type() != right.type()) {
            throw new OttlError(
                    left.type().phrase() + " " + arithmetic.operator() + " "
                            + right.type().phrase(),
                    arithmetic.at(),
                    "numbers of one type, as with Double(...) or Int(...)");
        }
        boolean zero =
                right instanceof Expr.Constant constant && Long.valueOf(0).equals(constant.value());
        if (arithmetic.operator() == '/' && zero) {
            throw new OttlError("division by 0", arithmetic.at(), "another number");
        }
        Type type = left.type() == Type.ANY ? right.type() : left.type();
        return new Expr.Arithmetic(arithmetic.operator(), left, right, type);
    }

    private static void checkNumber(Expr operand, Syntax syntax) throws OttlError {
        if (!operand.type().isNumber() && operand.type() != Type.ANY) {
            throw new OttlError(operand.type().phrase(), syntax.at(), "a number");
        }
    }

    Path path(Syntax.Path path) throws OttlError {
        return resolver.path(path);
    }
}
