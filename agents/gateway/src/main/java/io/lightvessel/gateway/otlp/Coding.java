package io.lightvessel.gateway.otlp;

/** How a request's body is packed. */
enum Coding {
    IDENTITY,
    GZIP,
    ZLIB
}
