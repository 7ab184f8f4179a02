package io.lightvessel.config.ottl;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens. */
final class Lexer {

    private static final String SYMBOLS = "()[]{},.:=<>+-*/";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> read(String source) throws OttlError {
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws OttlError {
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            if (at == source.length()) {
                add(Token.Kind.END, at, "");
                return;
            }
            char c = source.charAt(at);
            if (c == '"') {
                TextLiteral literal = new TextLiteral(source, at);
                tokens.add(literal.read());
                at = literal.end();
            } else if (isDigit(c) || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
                number();
            } else if (isLetter(c)) {
                word();
            } else {
                symbol(c);
            }
        }
    }

    private void add(Token.Kind kind, int from, String text) {
        tokens.add(new Token(kind, text, from));
    }

    private void word() {
        int from = at;
        while (at < source.length()
                && (isLetter(source.charAt(at)) || isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        boolean capital = source.charAt(from) >= 'A' && source.charAt(from) <= 'Z';
        add(capital ? Token.Kind.NAME : Token.Kind.WORD, from, source.substring(from, at));
    }

    private void number() throws OttlError {
        int from = at;
        if (source.startsWith("0x", at)) {
            at += 2;
            while (at < source.length() && Character.digit(source.charAt(at), 16) >= 0) {
                at++;
            }
            if (at == from + 2 || (at - from) % 2 != 0) {
                throw new OttlError(
                        "'" + source.substring(from, at) + "'", from, "two hexadecimal digits for each byte");
            }
            add(Token.Kind.BYTES, from, source.substring(from, at));
            return;
        }
        digits();
        boolean decimal = at < source.length() && source.charAt(at) == '.';
        if (decimal) {
            at++;
            int fraction = at;
            digits();
            if (at == fraction) {
                throw new OttlError("'" + source.substring(from, at) + "'", from, "digits behind the point");
            }
            exponent();
        }
        add(decimal ? Token.Kind.DECIMAL : Token.Kind.WHOLE, from, source.substring(from, at));
    }

    private void digits() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
    }

    private void exponent() {
        if (at == source.length() || (source.charAt(at) != 'e' && source.charAt(at) != 'E')) {
            return;
        }
        int before = at++;
        if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
            at++;
        }
        int from = at;
        digits();
        if (at == from) {
            at = before;
        }
    }

    private void symbol(char c) throws OttlError {
        if (at + 1 < source.length() && source.charAt(at + 1) == '=' && "=!<>".indexOf(c) >= 0) {
            add(Token.Kind.SYMBOL, at, source.substring(at, at + 2));
            at += 2;
            return;
        }
        if (SYMBOLS.indexOf(c) < 0) {
            String shown =
                    new StringBuilder().appendCodePoint(source.codePointAt(at)).toString();
            throw new OttlError(
                    c < ' ' ? "a control character" : "'" + shown + "'",
                    at,
                    c == '\'' ? "texts in double quotes" : "a name, a value or an operator");
        }
        add(Token.Kind.SYMBOL, at, String.valueOf(c));
        at++;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
