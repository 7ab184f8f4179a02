package io.lightvessel.render;

/** Cuts Alloy's configuration language into words. */
final class RiverTokens {
    private final String text;
    private int at;

    RiverTokens(String text) {
        this.text = text;
        skip();
    }

    enum Kind {
        IDENTIFIER,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    Kind peek() {
        if (at >= text.length()) {
            return Kind.END;
        }
        char c = text.charAt(at);
        if (c == '"') {
            return Kind.STRING;
        }
        if (Character.isLetter(c) || c == '_') {
            return Kind.IDENTIFIER;
        }
        return Character.isDigit(c) ? Kind.NUMBER : Kind.SIGN;
    }

    String take(Kind kind) {
        if (peek() != kind) {
            throw wrong(peek().toString(), kind.toString());
        }
        int start = at;
        String taken = switch (kind) {
            case STRING -> string();
            case IDENTIFIER -> {
                while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                    at++;
                }
                yield text.substring(start, at);
            }
            case NUMBER -> {
                while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                yield text.substring(start, at);
            }
            case SIGN -> text.substring(at, ++at);
            case END -> "";
        };
        skip();
        return taken;
    }

    void take(String sign) {
        if (!takeIf(sign)) {
            throw wrong(peek().toString(), sign);
        }
    }

    boolean takeIf(String sign) {
        if (text.startsWith(sign, at)) {
            at += sign.length();
            skip();
            return true;
        }
        return false;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                throw wrong("a new line in a string", "\\n");
            }
            string.append(c == '\\' ? escape() : c);
        }
        if (at >= text.length()) {
            throw wrong("the end in a string", "a quotation mark");
        }
        at++;
        return string.toString();
    }

    private char escape() {
        char c = text.charAt(++at);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\' -> c;
            case 'u' -> {
                String hex = text.substring(at + 1, at + 5);
                at += 4;
                yield (char) Integer.parseInt(hex, 16);
            }
            default -> throw wrong("\\" + c, "an escape of Go's strings");
        };
    }

    /** Passes over space and comments. */
    private void skip() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
            } else {
                return;
            }
        }
    }

    IllegalArgumentException wrong(String found, String expected) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new IllegalArgumentException("line %d: %s (expected: %s)".formatted(line, found, expected));
    }
}
