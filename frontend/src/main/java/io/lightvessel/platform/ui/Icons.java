package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Svg;

/** The console's icons: one stroke weight, drawn on a 16 by 16 grid, taking the colour of the text beside them. */
public enum Icons {
    HOME("M2.5 7.5L8 3l5.5 4.5M4 6.5V13h8V6.5M6.5 13V9.5h3V13"),
    CLUSTERS("M8 2l5.5 3v6L8 14l-5.5-3V5zM8 8l5.5-3M8 8v6M8 8L2.5 5"),
    AGENTS("M3 3.5h10v3.5H3zM3 9h10v3.5H3zM5.2 5.2h.1M5.2 10.8h.1M8 5.2h3M8 10.8h3"),
    TOPOLOGY("M2.5 5.5h3v5h-3zM10.5 2.5h3v4h-3zM10.5 9.5h3v4h-3zM5.5 8h2.5M8 8V4.5h2.5M8 8v3.5h2.5"),
    TARGETS(
            "M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM8 5.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM8 8h.1M8 1v2M8 13v2M1 8h2M13 8h2"),
    PROFILES("M2 13.5h12M2.5 10.5h11v3h-11zM4 7.5h7v3H4zM6 4.5h3.5v3H6zM7 2h1.5v2.5H7z"),
    STACK("M8 2.5l5.5 2.8L8 8 2.5 5.3zM2.5 8L8 10.8 13.5 8M2.5 10.7L8 13.5l5.5-2.8"),
    SCALING("M2.5 13.5h11M4 11V8.5M8 11V5.5M12 11V2.5"),
    ENROLMENT("M5.5 10.5a3 3 0 110-6 3 3 0 010 6zM8.3 7.5h5.2v2.5M11 7.5v2"),
    EXTERNAL("M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M13 3L7.5 8.5"),
    GOOD("M3.5 8.5l3 3 6-7"),
    WARN("M8 2.5l6 11H2zM8 6.5v3.5M8 12v.1"),
    BAD("M4 4l8 8M12 4l-8 8"),
    WAIT("M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM8 5v3.2l2 1.3"),
    NONE("M4 8h8"),
    UNKNOWN("M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM6.3 6.4c.2-2 3.5-1.9 3.4 0C9.7 7.5 8 7.6 8 9M8 11.2v.1"),
    DRIFT("M3 5.5h8.5L9 3M13 10.5H4.5L7 13"),
    PLUS("M8 3v10M3 8h10"),
    CLOSE("M4 4l8 8M12 4l-8 8"),
    PAUSE("M5.5 3.5v9M10.5 3.5v9"),
    PLAY("M5 3.5l7 4.5-7 4.5z"),
    TABLE("M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6"),
    SUN(
            "M8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9"),
    USER("M8 8a2.7 2.7 0 100-5.4A2.7 2.7 0 008 8zM3 13.5c.4-2.5 2.4-3.8 5-3.8s4.6 1.3 5 3.8"),
    SETTINGS("M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 8h2M7.5 8h6M6 6.5v3M2.5 11.5h6M11.5 11.5h2M10 10v3"),
    API("M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9 3.5l-2 9"),
    LOCK("M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 015 0v2.5"),
    SEARCH("M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3l3.2 3.2"),
    HISTORY("M3 3v3h3M3.3 6A5.2 5.2 0 112.8 9M8 5v3.2l2 1.3");

    private final String path;

    Icons(String path) {
        this.path = path;
    }

    /** A new picture of this icon, hidden from screen readers because words always stand beside it. */
    public Svg create() {
        Svg svg = new Svg(markup());
        svg.addClassName("lv-icon");
        return svg;
    }

    /** The same picture as text, for places that are filled with markup. */
    public String markup() {
        return "<svg viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\"><path d=\""
                + path
                + "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linecap=\"round\""
                + " stroke-linejoin=\"round\"/></svg>";
    }
}
