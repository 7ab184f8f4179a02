package io.lightvessel.collector.ebpf.symbols.demangle;

/**
 * A type or name of C++, around the place where a declarator would stand.
 *
 * @param bare whether a declarator has to be put into parentheses, as with functions and arrays
 */
record Text(String left, String right, boolean bare) {

    static Text of(String whole) {
        return new Text(whole, "", false);
    }

    String whole() {
        return left + right;
    }

    /** With {@code *}, {@code &} or {@code Class::*} at the declarator's place. */
    Text pointed(String sign) {
        return bare ? new Text(left + "(" + sign, ")" + right, false) : new Text(left + sign, right, false);
    }

    /** A reference; one to a reference is one. */
    Text referred(String sign) {
        if (!bare && left.endsWith("&")) {
            boolean twice = left.endsWith("&&");
            return twice && sign.equals("&") ? new Text(left.substring(0, left.length() - 1), right, false) : this;
        }
        return pointed(sign);
    }

    /** With {@code const} and the like, which stand behind a function's parameters. */
    Text qualified(String words) {
        if (bare && right.startsWith("(")) {
            return new Text(left, right + words, true);
        }
        return new Text(left.stripTrailing() + words + (bare ? " " : ""), right, bare);
    }
}
