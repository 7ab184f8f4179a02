package io.lightvessel.gateway.exposition;

/** An answer to a scrape that breaks the rules of its format; says where, what was found and what was expected. */
public final class MalformedExposition extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedExposition(String message) {
        super(message);
    }
}
