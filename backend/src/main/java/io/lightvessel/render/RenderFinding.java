package io.lightvessel.render;

/** Something a rendering does not say of a stack: where in the stack, why, and what to do about it. */
public record RenderFinding(Kind kind, String path, String reason, String fix) {

    /** What becomes of the part of the stack. */
    public enum Kind {
        /** Nothing: the target has no equivalent. */
        LEFT_OUT,
        /** Something close to it. */
        DIFFERS,
        /** It works once something outside of the files is done. */
        NEEDS
    }

    public static RenderFinding leftOut(String path, String reason, String fix) {
        return new RenderFinding(Kind.LEFT_OUT, path, reason, fix);
    }

    public static RenderFinding differs(String path, String reason, String fix) {
        return new RenderFinding(Kind.DIFFERS, path, reason, fix);
    }

    public static RenderFinding needs(String path, String reason, String fix) {
        return new RenderFinding(Kind.NEEDS, path, reason, fix);
    }
}
