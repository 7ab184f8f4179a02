package io.lightvessel.local;

/** The data directory belongs to a product that runs already. */
final class AlreadyRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyRunning(DataDir data) {
        super("A product runs from " + data.root() + " already.");
    }
}
