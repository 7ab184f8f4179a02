package io.lightvessel.gateway.testing;

import io.lightvessel.gateway.net.Transport;

/** Event loops for tests that have no reason to look after some of their own. */
public final class Loops {
    public static final Transport SHARED = new Transport(2);

    private Loops() {}
}
