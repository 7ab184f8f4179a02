package io.lightvessel.conformance.client;

/** Texts from elsewhere, made fit for one line of a report. */
final class Text {

    private Text() {}

    static String shortened(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most) + "...";
        StringBuilder line = new StringBuilder(cut.length());
        // A server's words must not steer the terminal they are shown on.
        cut.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) || c == 0x2028 ? ' ' : c));
        return line.toString();
    }
}
