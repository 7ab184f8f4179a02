package io.lightvessel.config.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at one record. What is missing is nil: it matches nothing, equals nil alone, and has no order. */
final class Evaluation {
    private final Scope scope;

    Evaluation(Scope scope) {
        this.scope = scope;
    }

    boolean flag(Node node) throws EvaluationFailure {
        return switch (node) {
            case Node.Not not -> !flag(not.operand());
            case Node.All all -> holds(all.terms(), true);
            case Node.Any any -> holds(any.terms(), false);
            case Node.Compare compare -> compare(compare);
            case Node.Matches matches -> {
                String text = text(value(matches.left()), "matches");
                yield text != null && matches.pattern().matcher(text).find();
            }
            case Node.TextPart part -> part(part);
            case Node.In in -> in(in);
            case Node.Literal _, Node.Elements _, Node.Name _, Node.Member _, Node.Call _ -> {
                Object value = value(node);
                if (!(value instanceof Boolean is)) {
                    throw new EvaluationFailure(Values.what(value) + " (expected: true or false)");
                }
                yield is;
            }
        };
    }

    private boolean holds(List<Node> terms, boolean all) throws EvaluationFailure {
        for (Node term : terms) {
            if (flag(term) != all) {
                return !all;
            }
        }
        return all;
    }

    private boolean compare(Node.Compare compare) throws EvaluationFailure {
        Object left = value(compare.left());
        Object right = value(compare.right());
        if (compare.sign().isEquality()) {
            return Values.equal(left, right) == (compare.sign() == Node.Sign.EQUAL);
        }
        if (left instanceof Number && right instanceof Number) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            boolean ordered = !Double.isNaN(a) && !Double.isNaN(b);
            return ordered && compare.sign().holds(Values.order((Number) left, (Number) right));
        }
        if (left instanceof String a && right instanceof String b) {
            return compare.sign().holds(a.compareTo(b));
        }
        throw new EvaluationFailure("'" + compare.sign().symbol() + "' between " + Values.what(left) + " and "
                + Values.what(right) + " (expected: two numbers or two texts)");
    }

    private boolean part(Node.TextPart test) throws EvaluationFailure {
        String word = test.part().word();
        String left = text(value(test.left()), word);
        String right = text(value(test.right()), word);
        if (left == null || right == null) {
            return false;
        }
        return switch (test.part()) {
            case CONTAINS -> left.contains(right);
            case STARTS_WITH -> left.startsWith(right);
            case ENDS_WITH -> left.endsWith(right);
        };
    }

    private boolean in(Node.In in) throws EvaluationFailure {
        Object left = value(in.left());
        return switch (in.right()) {
            case Node.Elements elements -> {
                for (Node.Literal element : elements.values()) {
                    if (Values.equal(left, element.value())) {
                        yield true;
                    }
                }
                yield false;
            }
            case Node.Name name -> {
                String key = text(left, "in");
                yield key != null
                        && (name.root() == Node.Root.ATTRIBUTES
                                ? scope.hasAttribute(key)
                                : scope.resource(key) != null);
            }
            default -> inValue(left, value(in.right()));
        };
    }

    private static boolean inValue(@Nullable Object left, @Nullable Object right) throws EvaluationFailure {
        return switch (right) {
            case null -> false;
            case List<?> list -> list.stream().anyMatch(one -> Values.equal(left, one));
            case Map<?, ?> map -> left != null && map.containsKey(left);
            default -> throw new EvaluationFailure(Values.what(right) + " behind 'in' (expected: a list or a map)");
        };
    }

    private @Nullable Object value(Node node) throws EvaluationFailure {
        return switch (node) {
            case Node.Literal literal -> literal.value();
            case Node.Elements _ -> throw new IllegalStateException("a list is no single value");
            case Node.Name name ->
                switch (name.root()) {
                    case BODY -> scope.body();
                    case SEVERITY_TEXT -> scope.severityText();
                    case SEVERITY_NUMBER -> scope.severityNumber();
                    case ATTRIBUTES, RESOURCE -> throw new IllegalStateException(name.root() + " are no single value");
                };
            case Node.Member member -> member(member);
            case Node.Call call -> call(call);
            case Node.Not _, Node.All _, Node.Any _, Node.Compare _, Node.Matches _, Node.TextPart _, Node.In _ ->
                flag(node);
        };
    }

    private @Nullable Object member(Node.Member member) throws EvaluationFailure {
        if (member.of() instanceof Node.Name name) {
            return name.root() == Node.Root.ATTRIBUTES ? scope.attribute(member.key()) : scope.resource(member.key());
        }
        Object of = value(member.of());
        if (of instanceof Map<?, ?> map) {
            return map.get(member.key());
        }
        if (of == null && member.lenient()) {
            return null;
        }
        throw new EvaluationFailure("'" + member.key() + "' of " + Values.what(of) + " (expected: a map)");
    }

    private @Nullable Object call(Node.Call call) throws EvaluationFailure {
        if (call.argument() instanceof Node.Elements elements) {
            return (long) elements.values().size();
        }
        Object argument = value(call.argument());
        if (call.function() == Node.Function.TYPE) {
            return Values.type(argument);
        }
        if (call.function() == Node.Function.LEN && argument instanceof List<?> list) {
            return (long) list.size();
        }
        if (call.function() == Node.Function.LEN && argument instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        if (!(argument instanceof String text)) {
            throw new EvaluationFailure("a function of " + Values.what(argument) + " (expected: text)");
        }
        return switch (call.function()) {
            case LEN -> (long) text.codePointCount(0, text.length());
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case TRIM -> text.strip();
            case TYPE -> throw new IllegalStateException("type was answered before");
        };
    }

    /** Null when there is none. */
    private static @Nullable String text(@Nullable Object value, String where) throws EvaluationFailure {
        return switch (value) {
            case null -> null;
            case String text -> text;
            default -> throw new EvaluationFailure(Values.what(value) + " for " + where + " (expected: text)");
        };
    }
}
