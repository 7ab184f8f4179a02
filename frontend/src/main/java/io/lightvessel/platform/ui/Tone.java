package io.lightvessel.platform.ui;

import java.util.Locale;

/** How a status feels; the colour and the mark follow from it, the word never does. */
public enum Tone {
    GOOD(Icons.GOOD),
    WARN(Icons.WARN),
    BAD(Icons.BAD),
    WAIT(Icons.WAIT),
    NONE(Icons.NONE);

    private final Icons icon;

    Tone(Icons icon) {
        this.icon = icon;
    }

    public Icons icon() {
        return icon;
    }

    /** The name that style sheets and the browser's components know. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
