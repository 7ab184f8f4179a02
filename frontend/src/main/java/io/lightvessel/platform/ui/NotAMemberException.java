package io.lightvessel.platform.ui;

/** Somebody asked for an organisation that is not theirs, or that does not exist. */
public class NotAMemberException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String slug;

    NotAMemberException(String slug) {
        super("organisation " + slug + " (expected: one the signed-in person belongs to)");
        this.slug = slug;
    }

    String slug() {
        return slug;
    }
}
