package io.lightvessel.config.expression;

import java.util.List;

/** Finds what cannot be right whatever a record holds. */
final class Checker {
    private static final String FLAG = "true or false; what is compared stands in parentheses behind not";

    private Checker() {}

    /** The node itself, whose parts were checked before. */
    static <N extends Node> N checked(N node) throws ExpressionError {
        switch (node) {
            case Node.Not not -> checkFlag(not.operand(), "not");
            case Node.Member member -> member(member);
            case Node.Compare compare -> compare(compare);
            case Node.Matches matches -> checkText(matches.left(), "matches");
            case Node.TextPart part -> {
                checkText(part.left(), part.part().word());
                checkText(part.right(), part.part().word());
            }
            case Node.In in -> in(in);
            case Node.Call call -> call(call);
            case Node.All _, Node.Any _, Node.Literal _, Node.Elements _, Node.Name _ -> {
                // Nothing that could be wrong in itself, or checked by who made it.
            }
        }
        return node;
    }

    /** The terms, each of which may be true or false. */
    static List<Node> flags(List<Node> terms, String where) throws ExpressionError {
        for (Node term : terms) {
            checkFlag(term, where);
        }
        return List.copyOf(terms);
    }

    static void checkFlag(Node node, String where) throws ExpressionError {
        if (!Type.of(node).mayBe(Type.FLAG)) {
            throw new ExpressionError(Type.of(node).what() + " for " + where, node.at(), FLAG);
        }
    }

    /** Refuses what is not known before a line is a record. */
    static void checkBodyAlone(Node node) throws ExpressionError {
        switch (node) {
            case Node.Name name -> {
                if (name.root() != Node.Root.BODY) {
                    throw new ExpressionError("'" + name.root().word() + "'", name.at(), "the body alone");
                }
            }
            case Node.Member member -> checkBodyAlone(member.of());
            case Node.Not not -> checkBodyAlone(not.operand());
            case Node.Call call -> checkBodyAlone(call.argument());
            case Node.Matches matches -> checkBodyAlone(matches.left());
            case Node.All all -> checkBodyAlone(all.terms());
            case Node.Any any -> checkBodyAlone(any.terms());
            case Node.Compare compare -> checkBodyAlone(List.of(compare.left(), compare.right()));
            case Node.TextPart part -> checkBodyAlone(List.of(part.left(), part.right()));
            case Node.In in -> checkBodyAlone(List.of(in.left(), in.right()));
            case Node.Literal _, Node.Elements _ -> {
                // Names nothing.
            }
        }
    }

    private static void checkBodyAlone(List<Node> nodes) throws ExpressionError {
        for (Node node : nodes) {
            checkBodyAlone(node);
        }
    }

    private static void member(Node.Member member) throws ExpressionError {
        Type type = Type.of(member.of());
        if (!type.mayBe(Type.MAP)) {
            throw new ExpressionError(
                    "'" + member.key() + "' of " + type.what(),
                    member.at(),
                    "a member of attributes or resource; what parsers read from the body is in attributes");
        }
    }

    private static void compare(Node.Compare compare) throws ExpressionError {
        Type left = Type.of(compare.left());
        Type right = Type.of(compare.right());
        boolean open = left == Type.ANY || right == Type.ANY;
        boolean nil = left == Type.NIL || right == Type.NIL;
        boolean fine = compare.sign().isEquality()
                ? isSingle(left) && isSingle(right) && (open || nil || left == right)
                : isOrdered(left) && isOrdered(right) && (open || left == right);
        if (!fine) {
            throw new ExpressionError(
                    "'" + compare.sign().symbol() + "' between " + left.what() + " and " + right.what(),
                    compare.at(),
                    compare.sign().isEquality() ? "two values of a kind" : "two numbers or two texts");
        }
    }

    private static boolean isSingle(Type type) {
        return type != Type.LIST && type != Type.MAP;
    }

    private static boolean isOrdered(Type type) {
        return type.mayBe(Type.NUMBER) || type == Type.TEXT;
    }

    private static void in(Node.In in) throws ExpressionError {
        Type left = Type.of(in.left());
        Type right = Type.of(in.right());
        if (!isSingle(left) || right == Type.MAP && !left.mayBe(Type.TEXT)) {
            throw new ExpressionError("'in' behind " + left.what(), in.at(), right == Type.MAP ? "text" : "a value");
        }
        if (!right.mayBe(Type.LIST) && right != Type.MAP) {
            throw new ExpressionError(
                    right.what() + " behind 'in'",
                    in.right().at(),
                    "a list such as [\"a\", \"b\"], attributes or resource");
        }
    }

    private static void call(Node.Call call) throws ExpressionError {
        Type type = Type.of(call.argument());
        boolean fine = switch (call.function()) {
            case LEN -> type.mayBe(Type.TEXT) || type == Type.LIST;
            case LOWER, UPPER, TRIM -> type.mayBe(Type.TEXT);
            case TYPE -> isSingle(type);
        };
        if (!fine) {
            throw new ExpressionError(
                    type.what() + " for a function", call.argument().at(), "text");
        }
    }

    private static void checkText(Node node, String where) throws ExpressionError {
        if (!Type.of(node).mayBe(Type.TEXT)) {
            throw new ExpressionError(Type.of(node).what() + " for " + where, node.at(), "text");
        }
    }
}
