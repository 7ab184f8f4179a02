package io.lightvessel.config.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions. From weakest to strongest bind {@code or}, {@code and}, comparisons and {@code not}, as in the
 * Collector. What may nest is bounded, so that no text can exhaust the stack.
 */
final class Parser {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 1000;
    private static final Set<String> RESERVED =
            Set.of("and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith");
    private static final String A_VALUE =
            "body, attributes, resource, severity_text, severity_number, a function or a value";

    private final Tokens tokens;
    private int depth;

    Parser(String text) throws ExpressionError {
        if (text.length() > LONGEST) {
            throw new ExpressionError(text.length() + " characters", 0, "at most " + LONGEST);
        }
        this.tokens = new Tokens(Lexer.read(text));
    }

    Node whole() throws ExpressionError {
        Node whole = or();
        Token after = tokens.peek();
        if (after.kind() != Token.Kind.END) {
            throw new ExpressionError(after.what(), after.at(), "and, or, a comparison, or the end");
        }
        return whole;
    }

    private Node or() throws ExpressionError {
        Node first = and();
        List<Node> terms = new ArrayList<>(List.of(first));
        while (tokens.takeWord("or") || tokens.takeSymbol("||")) {
            terms.add(and());
        }
        return terms.size() == 1 ? first : new Node.Any(Checker.flags(terms, "or"), first.at());
    }

    private Node and() throws ExpressionError {
        Node first = comparison();
        List<Node> terms = new ArrayList<>(List.of(first));
        while (tokens.takeWord("and") || tokens.takeSymbol("&&")) {
            terms.add(comparison());
        }
        return terms.size() == 1 ? first : new Node.All(Checker.flags(terms, "and"), first.at());
    }

    private Node comparison() throws ExpressionError {
        Node left = operand();
        Token operator = tokens.peek();
        boolean negated = tokens.takeWord("not");
        Token word = tokens.peek();
        Node test = word.kind() == Token.Kind.WORD ? wordTest(left) : signTest(left, negated);
        if (test == null) {
            if (negated) {
                throw new ExpressionError(word.what(), word.at(), "in, matches, contains, startsWith or endsWith");
            }
            return left;
        }
        return Checker.checked(negated ? new Node.Not(Checker.checked(test), operator.at()) : test);
    }

    private @Nullable Node wordTest(Node left) throws ExpressionError {
        Token word = tokens.peek();
        for (Node.Part part : Node.Part.values()) {
            if (tokens.takeWord(part.word())) {
                return new Node.TextPart(part, left, operand(), word.at());
            }
        }
        if (tokens.takeWord("matches")) {
            return new Node.Matches(left, pattern(), word.at());
        }
        return tokens.takeWord("in") ? new Node.In(left, operand(), word.at()) : null;
    }

    private @Nullable Node signTest(Node left, boolean negated) throws ExpressionError {
        Token symbol = tokens.peek();
        for (Node.Sign sign : Node.Sign.values()) {
            if (!negated && tokens.takeSymbol(sign.symbol())) {
                return new Node.Compare(sign, left, operand(), symbol.at());
            }
        }
        return null;
    }

    private Pattern pattern() throws ExpressionError {
        Token regex = tokens.next();
        if (regex.kind() != Token.Kind.TEXT) {
            throw new ExpressionError(regex.what(), regex.at(), "a regular expression in quotes");
        }
        try {
            return Pattern.compile(regex.text());
        } catch (PatternSyntaxException e) {
            throw new ExpressionError(
                    "'" + regex.text() + "'", regex.at(), "a regular expression of RE2: " + e.getMessage());
        }
    }

    private Node operand() throws ExpressionError {
        Token token = tokens.next();
        return switch (token.kind()) {
            case TEXT -> new Node.Literal(token.text(), token.at());
            case NUMBER -> number(token, false);
            case WORD -> word(token);
            case SYMBOL -> symbol(token);
            case END -> throw new ExpressionError(token.what(), token.at(), A_VALUE);
        };
    }

    private Node word(Token token) throws ExpressionError {
        return switch (token.text()) {
            case "true", "false" -> new Node.Literal(token.text().equals("true"), token.at());
            case "nil" -> new Node.Literal(null, token.at());
            case "not" -> not(token);
            default -> tokens.peek().isSymbol("(") ? call(token) : members(root(token));
        };
    }

    private Node not(Token token) throws ExpressionError {
        enter(token.at());
        Node operand = operand();
        depth--;
        return Checker.checked(new Node.Not(operand, token.at()));
    }

    private Node symbol(Token token) throws ExpressionError {
        return switch (token.text()) {
            case "(" -> {
                enter(token.at());
                Node inner = or();
                tokens.expect(")", "and, or, a comparison or )");
                depth--;
                yield inner;
            }
            case "!" -> not(token);
            case "[" -> elements(token);
            case "-" -> number(tokens.next(), true);
            default -> throw new ExpressionError(token.what(), token.at(), A_VALUE);
        };
    }

    private static Node.Literal number(Token token, boolean negative) throws ExpressionError {
        String sign = negative ? "-" : "";
        if (token.kind() != Token.Kind.NUMBER) {
            throw new ExpressionError(token.what(), token.at(), "a number");
        }
        try {
            Object value = token.text().indexOf('.') < 0
                    ? (Object) Long.valueOf(sign + token.text())
                    : (Object) Double.valueOf(sign + token.text());
            return new Node.Literal(value, token.at());
        } catch (NumberFormatException e) {
            throw new ExpressionError(token.what(), token.at(), "a number of 64 bits");
        }
    }

    private Node elements(Token bracket) throws ExpressionError {
        List<Node.Literal> values = new ArrayList<>();
        while (!tokens.takeSymbol("]")) {
            if (!values.isEmpty()) {
                tokens.expect(",", "a comma or ]");
            }
            Token token = tokens.peek();
            if (!(operand() instanceof Node.Literal literal)) {
                throw new ExpressionError(token.what(), token.at(), "texts, numbers, true, false or nil in a list");
            }
            if (values.size() == MOST_ELEMENTS) {
                throw new ExpressionError("one more element", token.at(), "at most " + MOST_ELEMENTS);
            }
            values.add(literal);
        }
        return new Node.Elements(List.copyOf(values), bracket.at());
    }

    private Node call(Token name) throws ExpressionError {
        for (Node.Function function : Node.Function.values()) {
            if (function.name().toLowerCase(Locale.ROOT).equals(name.text())) {
                enter(name.at());
                tokens.expect("(", "(");
                Node argument = or();
                tokens.expect(")", ")");
                depth--;
                return Checker.checked(new Node.Call(function, argument, name.at()));
            }
        }
        throw new ExpressionError("function '" + name.text() + "'", name.at(), "len, lower, upper, trim or type");
    }

    private static Node.Name root(Token token) throws ExpressionError {
        String word = token.text().startsWith("$") ? token.text().substring(1) : token.text();
        for (Node.Root root : Node.Root.values()) {
            if (root.word().equals(word)) {
                return new Node.Name(root, token.at());
            }
        }
        throw new ExpressionError(token.what(), token.at(), A_VALUE);
    }

    private Node members(Node root) throws ExpressionError {
        Node node = root;
        for (int length = 0; ; length++) {
            Token token = tokens.peek();
            boolean lenient = token.isSymbol("?.");
            boolean point = lenient || token.isSymbol(".");
            if (!point && !token.isSymbol("[")) {
                return node;
            }
            if (length == DEEPEST) {
                throw new ExpressionError("one more member", token.at(), "at most " + DEEPEST);
            }
            tokens.next();
            Token key = tokens.next();
            boolean named = point && key.kind() == Token.Kind.WORD && !RESERVED.contains(key.text());
            if (!named && (point || key.kind() != Token.Kind.TEXT)) {
                throw new ExpressionError(key.what(), key.at(), point ? "a member's name" : "a key in quotes");
            }
            if (!point) {
                tokens.expect("]", "]");
            }
            node = Checker.checked(new Node.Member(node, key.text(), lenient, token.at()));
        }
    }

    private void enter(int at) throws ExpressionError {
        if (depth == DEEPEST) {
            throw new ExpressionError("nesting of more than " + DEEPEST, at, "at most " + DEEPEST);
        }
        depth++;
    }
}
