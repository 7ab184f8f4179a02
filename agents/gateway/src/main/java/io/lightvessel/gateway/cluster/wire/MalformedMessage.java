package io.lightvessel.gateway.cluster.wire;

/** Bytes from another replica that are no message of this version. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
