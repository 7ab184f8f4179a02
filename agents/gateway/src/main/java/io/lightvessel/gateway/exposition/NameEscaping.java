package io.lightvessel.gateway.exposition;

import org.jspecify.annotations.Nullable;

/** How a target is asked to write names that the older rules do not allow, and how we write them if it did not. */
public enum NameEscaping {
    /** Any name in UTF-8. */
    ALLOW_UTF_8("allow-utf-8"),
    /** Each character that is not allowed becomes an underscore. */
    UNDERSCORES("underscores"),
    /** Dots become {@code _dot_}, underscores are doubled. */
    DOTS("dots"),
    /** Each character that is not allowed becomes its number in hexadecimal between underscores. */
    VALUES("values");

    private final String label;

    NameEscaping(String label) {
        this.label = label;
    }

    /** As it is written in configs and headers. */
    public String label() {
        return label;
    }

    public static @Nullable NameEscaping of(String label) {
        for (NameEscaping escaping : values()) {
            if (escaping.label.equals(label)) {
                return escaping;
            }
        }
        return null;
    }

    /** The name, escaped if the older rules do not allow it. */
    public String escape(String name) {
        if (this == ALLOW_UTF_8 || name.isEmpty() || isLegacy(name)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length() + 16);
        if (this == VALUES) {
            out.append("U__");
        }
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            append(c, i > 0, out);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private void append(int c, boolean digits, StringBuilder out) {
        boolean legal = isLegacy(c, digits);
        switch (this) {
            case ALLOW_UTF_8 -> out.appendCodePoint(c);
            case UNDERSCORES -> out.append(legal ? (char) c : '_');
            case DOTS -> {
                if (c == '.') {
                    out.append("_dot_");
                } else if (c == '_' || !legal) {
                    out.append("__");
                } else {
                    out.append((char) c);
                }
            }
            case VALUES -> {
                if (c == '_') {
                    out.append("__");
                } else if (legal) {
                    out.append((char) c);
                } else {
                    out.append('_').append(Integer.toHexString(c)).append('_');
                }
            }
        }
    }

    /** Whether the older rules allow this name for a metric. */
    public static boolean isLegacy(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLegacy(name.charAt(i), i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLegacy(int c, boolean digits) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= '0' && c <= '9' && digits;
    }
}
