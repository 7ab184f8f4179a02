package io.lightvessel.config.ottl;

import java.util.List;

/** The tokens of a statement, one after the other. */
final class Tokens {

    private final List<Token> all;
    private int at;

    Tokens(String text) throws OttlError {
        this.all = Lexer.read(text);
    }

    Token peek() {
        return all.get(at);
    }

    Token peekSecond() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    /** The next token; the end comes again and again. */
    Token next() {
        Token token = all.get(at);
        if (at < all.size() - 1) {
            at++;
        }
        return token;
    }

    boolean isSymbol(String symbol) {
        return peek().is(Token.Kind.SYMBOL, symbol);
    }

    boolean isWord(String word) {
        return peek().is(Token.Kind.WORD, word);
    }

    boolean takeSymbol(String symbol) {
        boolean found = isSymbol(symbol);
        if (found) {
            next();
        }
        return found;
    }

    boolean takeWord(String word) {
        boolean found = isWord(word);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String symbol, String expected) throws OttlError {
        if (!takeSymbol(symbol)) {
            throw new OttlError(peek().what(), peek().at(), expected);
        }
    }

    void expectEnd(String expected) throws OttlError {
        if (peek().kind() != Token.Kind.END) {
            throw new OttlError(peek().what(), peek().at(), expected);
        }
    }
}
