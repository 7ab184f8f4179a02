package io.lightvessel.config.schema;

/** Which names labels may have: any text, or with legacy validation letters, digits and underscores only. */
final class LabelNames {

    private LabelNames() {}

    static boolean isValid(String name, boolean legacy) {
        if (name.isEmpty()) {
            return false;
        }
        if (!legacy) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }
}
