package io.lightvessel.local.sink;

import java.io.IOException;

/** A request body that cannot be read: says what was found and what was expected. */
final class BadBody extends IOException {

    private static final long serialVersionUID = 1L;

    BadBody(String message) {
        super(message);
    }
}
