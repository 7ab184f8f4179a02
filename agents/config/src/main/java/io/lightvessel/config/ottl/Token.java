package io.lightvessel.config.ottl;

/**
 * A piece of a statement.
 *
 * @param text as it was written; of texts what they mean
 * @param at index of its first character
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        /** A word that begins with a small letter: an editor, a path's part, an operator, a constant. */
        WORD,
        /** A word that begins with a capital letter: a converter or an enum. */
        NAME,
        TEXT,
        WHOLE,
        DECIMAL,
        BYTES,
        SYMBOL,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    /** How findings call it. */
    String what() {
        return switch (kind) {
            case END -> "end of statement";
            case TEXT -> "a text";
            case WORD, NAME, WHOLE, DECIMAL, BYTES, SYMBOL -> "'" + text + "'";
        };
    }
}
