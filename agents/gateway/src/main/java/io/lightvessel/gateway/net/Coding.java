package io.lightvessel.gateway.net;

/** How a request's body is packed. */
public enum Coding {
    IDENTITY,
    GZIP,
    ZLIB
}
