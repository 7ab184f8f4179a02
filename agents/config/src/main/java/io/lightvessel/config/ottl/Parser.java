package io.lightvessel.config.ottl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses statements and conditions. From weakest to strongest bind {@code or}, {@code and}, {@code not}, comparisons,
 * {@code + -} and {@code * /}. What may nest is bounded, so that no text can exhaust the stack.
 */
final class Parser {

    private static final int DEEPEST = 32;
    private static final int LONGEST_CHAIN = 64;
    private static final int MOST_ELEMENTS = 1000;
    private static final String A_VALUE = "a path, a function or a value";

    private final Tokens tokens;
    private int depth;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Syntax.Whole statement(String text) throws OttlError {
        Parser parser = new Parser(new Tokens(text));
        Syntax.Call editor = parser.editor();
        Syntax where = null;
        if (parser.tokens.takeWord("where")) {
            where = parser.or();
        }
        parser.tokens.expectEnd(
                where == null ? "where, or the end of the statement" : "and, or, or the end of the statement");
        return new Syntax.Whole(editor, where);
    }

    static Syntax condition(String text) throws OttlError {
        Parser parser = new Parser(new Tokens(text));
        Syntax condition = parser.or();
        parser.tokens.expectEnd("and, or, a comparison, or the end of the condition");
        return condition;
    }

    private Syntax.Call editor() throws OttlError {
        Token name = tokens.next();
        if (name.kind() != Token.Kind.WORD || !tokens.peek().is(Token.Kind.SYMBOL, "(")) {
            boolean converter = name.kind() == Token.Kind.NAME && tokens.peek().is(Token.Kind.SYMBOL, "(");
            String found = converter ? "function " + name.what() : name.what();
            throw new OttlError(found, name.at(), "a function that changes something, such as set(...)");
        }
        Syntax.Call call = call(name);
        if (!call.keys().isEmpty()) {
            throw new OttlError("keys behind '" + name.text() + "'", name.at(), "none, since it has no value");
        }
        return call;
    }

    private Syntax or() throws OttlError {
        Syntax first = and();
        if (!tokens.isWord("or")) {
            return first;
        }
        List<Syntax> terms = new ArrayList<>(List.of(first));
        while (tokens.takeWord("or")) {
            terms.add(and());
        }
        return new Syntax.Or(terms, first.at());
    }

    private Syntax and() throws OttlError {
        Syntax first = not();
        if (!tokens.isWord("and")) {
            return first;
        }
        List<Syntax> terms = new ArrayList<>(List.of(first));
        while (tokens.takeWord("and")) {
            terms.add(not());
        }
        return new Syntax.And(terms, first.at());
    }

    private Syntax not() throws OttlError {
        int at = tokens.peek().at();
        if (!tokens.takeWord("not")) {
            return comparison();
        }
        enter(at);
        Syntax negated = not();
        depth--;
        return new Syntax.Not(negated, at);
    }

    private Syntax comparison() throws OttlError {
        Syntax left = sum();
        Condition.Operator operator = operator();
        if (operator == null) {
            return left;
        }
        Token sign = tokens.next();
        Syntax right = sum();
        if (operator() != null) {
            Token second = tokens.peek();
            throw new OttlError("a second " + second.what(), second.at(), "and or or between two comparisons");
        }
        return new Syntax.Compare(operator, left, right, sign.at());
    }

    private Condition.@Nullable Operator operator() throws OttlError {
        Token token = tokens.peek();
        if (token.kind() != Token.Kind.SYMBOL) {
            return null;
        }
        for (Condition.Operator operator : Condition.Operator.values()) {
            if (operator.symbol().equals(token.text())) {
                return operator;
            }
        }
        if (token.text().equals("=")) {
            throw new OttlError("'='", token.at(), "== to compare");
        }
        return null;
    }

    private Syntax sum() throws OttlError {
        Syntax left = product();
        for (int i = 0; tokens.isSymbol("+") || tokens.isSymbol("-"); i++) {
            Token sign = tokens.next();
            checkChain(i, sign);
            left = new Syntax.Arithmetic(sign.text().charAt(0), left, product(), sign.at());
        }
        return left;
    }

    private Syntax product() throws OttlError {
        Syntax left = operand();
        for (int i = 0; tokens.isSymbol("*") || tokens.isSymbol("/"); i++) {
            Token sign = tokens.next();
            checkChain(i, sign);
            left = new Syntax.Arithmetic(sign.text().charAt(0), left, operand(), sign.at());
        }
        return left;
    }

    private static void checkChain(int length, Token sign) throws OttlError {
        if (length == LONGEST_CHAIN) {
            throw new OttlError("one more " + sign.what(), sign.at(), "at most " + LONGEST_CHAIN + " in a row");
        }
    }

    private Syntax operand() throws OttlError {
        Token token = tokens.next();
        return switch (token.kind()) {
            case TEXT, WHOLE, DECIMAL, BYTES -> Literals.read(token, false);
            case NAME -> tokens.isSymbol("(") ? call(token) : new Syntax.Name(token.text(), token.at());
            case WORD -> word(token);
            case SYMBOL -> bracketed(token);
            case END -> throw new OttlError(token.what(), token.at(), A_VALUE);
        };
    }

    private Syntax word(Token token) throws OttlError {
        return switch (token.text()) {
            case "true", "false" -> new Syntax.Literal(Type.FLAG, token.text().equals("true"), token.at());
            case "nil" -> new Syntax.Literal(Type.NIL, null, token.at());
            case "and", "or", "not", "where" -> throw new OttlError(token.what(), token.at(), A_VALUE);
            default -> tokens.isSymbol("(") ? call(token) : path(token);
        };
    }

    private Syntax bracketed(Token token) throws OttlError {
        return switch (token.text()) {
            case "(" -> {
                enter(token.at());
                Syntax inner = or();
                tokens.expect(")", "and, or, an operator or )");
                depth--;
                yield inner;
            }
            case "[" -> elements(token);
            case "{" -> entries(token);
            case "+", "-" -> {
                Token number = tokens.next();
                if (number.kind() != Token.Kind.WHOLE && number.kind() != Token.Kind.DECIMAL) {
                    throw new OttlError(number.what(), number.at(), "a number behind " + token.text());
                }
                yield Literals.read(
                        new Token(number.kind(), number.text(), token.at()),
                        token.text().equals("-"));
            }
            default -> throw new OttlError(token.what(), token.at(), A_VALUE);
        };
    }

    private Syntax elements(Token bracket) throws OttlError {
        enter(bracket.at());
        List<Syntax> elements = new ArrayList<>();
        while (!tokens.takeSymbol("]")) {
            if (!elements.isEmpty()) {
                tokens.expect(",", "a comma or ]");
            }
            checkSize(elements.size(), bracket);
            elements.add(sum());
        }
        depth--;
        return new Syntax.Elements(elements, bracket.at());
    }

    private Syntax entries(Token brace) throws OttlError {
        enter(brace.at());
        List<String> keys = new ArrayList<>();
        List<Syntax> values = new ArrayList<>();
        while (!tokens.takeSymbol("}")) {
            if (!keys.isEmpty()) {
                tokens.expect(",", "a comma or }");
            }
            checkSize(keys.size(), brace);
            Token key = tokens.next();
            if (key.kind() != Token.Kind.TEXT) {
                throw new OttlError(key.what(), key.at(), "a key in double quotes");
            }
            if (keys.contains(key.text())) {
                throw new OttlError("key \"" + key.text() + "\" again", key.at(), "each key once");
            }
            keys.add(key.text());
            tokens.expect(":", "a colon");
            values.add(sum());
        }
        depth--;
        return new Syntax.Entries(keys, values, brace.at());
    }

    private static void checkSize(int size, Token bracket) throws OttlError {
        if (size == MOST_ELEMENTS) {
            throw new OttlError("a list of more than " + size + " elements", bracket.at(), "at most " + MOST_ELEMENTS);
        }
    }

    private Syntax.Call call(Token name) throws OttlError {
        enter(name.at());
        tokens.expect("(", "(");
        List<Syntax.Argument> arguments = new ArrayList<>();
        while (!tokens.takeSymbol(")")) {
            if (!arguments.isEmpty()) {
                tokens.expect(",", "a comma or )");
            }
            arguments.add(argument());
        }
        depth--;
        return new Syntax.Call(name.text(), arguments, new Keys(tokens).read(), name.at());
    }

    private Syntax.Argument argument() throws OttlError {
        Token first = tokens.peek();
        if (first.kind() == Token.Kind.WORD && tokens.peekSecond().is(Token.Kind.SYMBOL, "=")) {
            tokens.next();
            tokens.next();
            return new Syntax.Argument(first.text(), sum(), first.at());
        }
        return new Syntax.Argument(null, sum(), first.at());
    }

    private Syntax path(Token first) throws OttlError {
        List<Syntax.Segment> segments = new ArrayList<>();
        Token word = first;
        while (true) {
            segments.add(new Syntax.Segment(word.text(), new Keys(tokens).read(), word.at()));
            if (!tokens.takeSymbol(".")) {
                return new Syntax.Path(segments, first.at());
            }
            word = tokens.next();
            if (word.kind() != Token.Kind.WORD || segments.size() == DEEPEST) {
                throw new OttlError(word.what(), word.at(), "a field's name");
            }
        }
    }

    private void enter(int at) throws OttlError {
        if (depth == DEEPEST) {
            throw new OttlError("nesting of more than " + DEEPEST, at, "at most " + DEEPEST);
        }
        depth++;
    }
}
