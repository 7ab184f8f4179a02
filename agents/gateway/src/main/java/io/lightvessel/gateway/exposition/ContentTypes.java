package io.lightvessel.gateway.exposition;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Content-Type} as strictly as Go's mime package, on which Prometheus relies. */
final class ContentTypes {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?=";

    private final String header;
    private int at;

    private ContentTypes(String header) {
        this.header = header;
    }

    /** Type and subtype in lower case; null when the header, its parameters included, is not well-formed. */
    static @Nullable String mediaType(String header) {
        int semicolon = header.indexOf(';');
        String type = (semicolon < 0 ? header : header.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        ContentTypes name = new ContentTypes(type);
        if (name.token().isEmpty()) {
            return null;
        }
        if (name.at < type.length() && (!name.skip('/') || name.token().isEmpty() || name.at < type.length())) {
            return null;
        }
        return semicolon < 0 || new ContentTypes(header.substring(semicolon)).areParameters() ? type : null;
    }

    private boolean areParameters() {
        Map<String, String> seen = new HashMap<>();
        while (true) {
            blanks();
            if (at == header.length()) {
                return true;
            }
            if (!skip(';')) {
                return false;
            }
            blanks();
            if (at == header.length()) {
                return true;
            }
            String name = token().toLowerCase(Locale.ROOT);
            blanks();
            if (name.isEmpty() || !skip('=')) {
                return false;
            }
            blanks();
            String value = at < header.length() && header.charAt(at) == '"' ? quoted() : token();
            if (value == null || value.isEmpty() && header.charAt(at - 1) != '"') {
                return false;
            }
            String before = seen.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                return false;
            }
        }
    }

    private boolean skip(char c) {
        if (at < header.length() && header.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < header.length() && Character.isWhitespace(header.charAt(at))) {
            at++;
        }
    }

    private String token() {
        int from = at;
        while (at < header.length() && isToken(header.charAt(at))) {
            at++;
        }
        return header.substring(from, at);
    }

    private @Nullable String quoted() {
        int from = ++at;
        for (; at < header.length(); at++) {
            char c = header.charAt(at);
            if (c == '"') {
                return header.substring(from, at++);
            }
            if (c == '\\') {
                at++;
            } else if (c == '\r' || c == '\n') {
                return null;
            }
        }
        return null;
    }

    private static boolean isToken(char c) {
        return c > ' ' && c < 0x7F && SEPARATORS.indexOf(c) < 0;
    }
}
