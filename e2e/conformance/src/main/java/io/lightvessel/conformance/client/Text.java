package io.lightvessel.conformance.client;

/** Texts from elsewhere, made fit for one line of a report. */
final class Text {

    private Text() {}

    /** What went wrong, also for exceptions without a message. */
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : shortened(message, 200);
    }

    static String shortened(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most) + "...";
        StringBuilder line = new StringBuilder(cut.length());
        // A server's words must not steer the terminal they are shown on.
        cut.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) || c == 0x2028 ? ' ' : c));
        return line.toString();
    }
}
