package io.lightvessel.bench.load;

/** A load that cannot go on, with what broke it. */
public final class LoadBroken extends RuntimeException {

    private static final long serialVersionUID = 1;

    LoadBroken(Throwable cause) {
        super("the load broke off: " + cause.getMessage(), cause);
    }
}
