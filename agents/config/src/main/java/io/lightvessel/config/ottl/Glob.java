package io.lightvessel.config.ottl;

/**
 * A pattern for whole texts in which {@code *} stands for any characters, {@code ?} for one, {@code [abc]} or
 * {@code [!abc]} for one of a class, and a backslash takes the meaning from what follows.
 */
public final class Glob {

    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private Glob() {}

    /** The regular expression that matches the same. */
    public static String regex(String glob) {
        StringBuilder regex = new StringBuilder("(?s)\\A");
        int classEnd = -1;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (i <= classEnd) {
                boolean negates = c == '!' && glob.charAt(i - 1) == '[';
                regex.append(negates ? "^" : c == '[' || c == '\\' ? "\\" + c : String.valueOf(c));
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
                classEnd = glob.indexOf(']', i + 2);
                regex.append('[');
            } else {
                boolean escaped = c == '\\' && i + 1 < glob.length();
                char literal = escaped ? glob.charAt(++i) : c;
                regex.append(SPECIAL.indexOf(literal) >= 0 ? "\\" : "").append(literal);
            }
        }
        return regex.append("\\z").toString();
    }
}
