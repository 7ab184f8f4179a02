package io.lightvessel.config.ottl;

import java.util.HexFormat;

/** Reads what literals mean. */
final class Literals {

    private Literals() {}

    static Syntax.Literal read(Token token, boolean negative) throws OttlError {
        return switch (token.kind()) {
            case TEXT -> new Syntax.Literal(Type.TEXT, token.text(), token.at());
            case WHOLE -> new Syntax.Literal(Type.WHOLE, whole(token, negative), token.at());
            case DECIMAL -> new Syntax.Literal(Type.DECIMAL, decimal(token, negative), token.at());
            case BYTES ->
                new Syntax.Literal(
                        Type.BYTES, HexFormat.of().parseHex(token.text().substring(2)), token.at());
            case WORD, NAME, SYMBOL, END -> throw new IllegalArgumentException(token + " (expected: a literal)");
        };
    }

    private static long whole(Token token, boolean negative) throws OttlError {
        try {
            return Long.parseLong((negative ? "-" : "") + token.text());
        } catch (NumberFormatException e) {
            throw new OttlError("'" + token.text() + "'", token.at(), "a number of 64 bits");
        }
    }

    private static double decimal(Token token, boolean negative) throws OttlError {
        double value = Double.parseDouble(token.text());
        if (Double.isInfinite(value)) {
            throw new OttlError("'" + token.text() + "'", token.at(), "a decimal number of 64 bits");
        }
        return negative ? -value : value;
    }
}
