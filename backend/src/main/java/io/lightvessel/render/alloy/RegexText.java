package io.lightvessel.render.alloy;

/** Texts that stand for themselves where a regular expression is expected. */
final class RegexText {
    private RegexText() {}

    static String literal(String text) {
        return text.replaceAll("[.\\\\+*?()|\\[\\]{}^$]", "\\\\$0");
    }
}
