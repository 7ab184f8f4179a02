package io.lightvessel.pipeline.ottl;

/** Matches a text with a glob character by character. */
final class NaiveGlob {

    private NaiveGlob() {}

    static boolean matches(String glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        char c = glob.charAt(0);
        if (c == '*') {
            return matches(glob.substring(1), text) || (!text.isEmpty() && matches(glob, text.substring(1)));
        }
        if (text.isEmpty()) {
            return false;
        }
        int end = glob.indexOf(']', 2);
        if (c == '[' && end > 0) {
            boolean negated = glob.charAt(1) == '!';
            boolean listed = glob.substring(negated ? 2 : 1, end).indexOf(text.charAt(0)) >= 0;
            return listed != negated && matches(glob.substring(end + 1), text.substring(1));
        }
        boolean escaped = c == '\\' && glob.length() > 1;
        char literal = escaped ? glob.charAt(1) : c;
        return (c == '?' || literal == text.charAt(0)) && matches(glob.substring(escaped ? 2 : 1), text.substring(1));
    }
}
