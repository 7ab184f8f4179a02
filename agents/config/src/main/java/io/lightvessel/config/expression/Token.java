package io.lightvessel.config.expression;

/**
 * A piece of an expression.
 *
 * @param text as it was written; of texts what they mean
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        WORD,
        TEXT,
        NUMBER,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** How messages call it. */
    String what() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "a text";
            case WORD, NUMBER, SYMBOL -> "'" + text + "'";
        };
    }
}
