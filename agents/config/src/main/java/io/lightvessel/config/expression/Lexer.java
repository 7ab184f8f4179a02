package io.lightvessel.config.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Lexer {
    private static final List<String> PAIRS = List.of("==", "!=", "<=", ">=", "&&", "||", "?.");
    private static final String SINGLES = "()[],.!<>-";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    /** The tokens, of which the last one is the end. */
    static List<Token> read(String source) throws ExpressionError {
        Lexer lexer = new Lexer(source);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", source.length()));
        return lexer.tokens;
    }

    private boolean skipSpace() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        return at < source.length();
    }

    private void next() throws ExpressionError {
        char c = source.charAt(at);
        int from = at;
        if (c == '"' || c == '\'' || c == '`') {
            tokens.add(new Token(Token.Kind.TEXT, text(c), from));
        } else if (isDigit(c)) {
            number();
            tokens.add(new Token(Token.Kind.NUMBER, source.substring(from, at), from));
        } else if (isLetter(c)) {
            while (at < source.length() && (isLetter(source.charAt(at)) || isDigit(source.charAt(at)))) {
                at++;
            }
            tokens.add(new Token(Token.Kind.WORD, source.substring(from, at), from));
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) throws ExpressionError {
        int from = at;
        String pair = source.substring(at, Math.min(at + 2, source.length()));
        if (PAIRS.contains(pair)) {
            at += 2;
        } else if (SINGLES.indexOf(c) >= 0) {
            at++;
        } else {
            String shown = Character.toString(source.codePointAt(at));
            throw new ExpressionError(
                    c < ' ' ? "a control character" : "'" + shown + "'", at, "a name, a value or an operator");
        }
        tokens.add(new Token(Token.Kind.SYMBOL, source.substring(from, at), from));
    }

    private void number() throws ExpressionError {
        int from = at;
        digits();
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < source.length() && isLetter(source.charAt(at))) {
            throw new ExpressionError("'" + source.substring(from, at + 1) + "'", from, "a number such as 400 or 0.5");
        }
    }

    private void digits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    /** Escapes as in Go; one that is none stays as it is, since regular expressions have their own. */
    private String text(char quote) throws ExpressionError {
        int from = at++;
        StringBuilder text = new StringBuilder();
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == quote) {
                return text.toString();
            }
            if (c != '\\' || quote == '`' || at == source.length()) {
                text.append(c);
                continue;
            }
            char next = source.charAt(at++);
            switch (next) {
                case '\\', '"', '\'' -> text.append(next);
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default -> text.append(c).append(next);
            }
        }
        throw new ExpressionError("a text without its end", from, quote + " at its end");
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
