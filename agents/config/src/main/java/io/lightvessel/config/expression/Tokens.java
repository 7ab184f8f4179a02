package io.lightvessel.config.expression;

import java.util.List;

/** The tokens of an expression, one after the other. */
final class Tokens {
    private final List<Token> all;
    private int at;

    /** @param all of which the last one is the end */
    Tokens(List<Token> all) {
        this.all = all;
    }

    Token peek() {
        return all.get(at);
    }

    /** The next token; the end comes again and again. */
    Token next() {
        Token token = all.get(at);
        at = Math.min(at + 1, all.size() - 1);
        return token;
    }

    boolean takeSymbol(String symbol) {
        return take(peek().isSymbol(symbol));
    }

    boolean takeWord(String word) {
        return take(peek().isWord(word));
    }

    void expect(String symbol, String expected) throws ExpressionError {
        if (!takeSymbol(symbol)) {
            throw new ExpressionError(peek().what(), peek().at(), expected);
        }
    }

    private boolean take(boolean found) {
        if (found) {
            next();
        }
        return found;
    }
}
