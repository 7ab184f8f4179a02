package io.lightvessel.platform.ui;

/** One step of the breadcrumb: words and the path they lead to; an empty path is the place itself. */
public record Crumb(String label, String path) {

    public static Crumb here(String label) {
        return new Crumb(label, "");
    }
}
