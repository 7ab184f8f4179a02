package io.lightvessel.gateway.relabel;

import java.util.Locale;

/** What a relabel rule does; names are those of configs in upper case. */
public enum RelabelAction {
    REPLACE,
    LOWERCASE,
    UPPERCASE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LABELMAP,
    LABELDROP,
    LABELKEEP;

    /** The action as configs spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static RelabelAction of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
