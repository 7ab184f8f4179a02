package io.lightvessel.gateway.relabel;

/** Which names are valid for metrics and labels. */
public enum NameScheme {
    /** Any text but the empty one. */
    UTF8 {
        @Override
        public boolean isLabelName(String name) {
            return !name.isEmpty() && Unicode.isWellFormed(name);
        }
    },
    /** Letters, digits and underscores, no digit first. */
    LEGACY {
        @Override
        public boolean isLabelName(String name) {
            if (name.isEmpty()) {
                return false;
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
    };

    public abstract boolean isLabelName(String name);
}
