package io.lightvessel.gateway.codec;

/** What is around deflated bytes. */
public enum Container {
    /** RFC 1952, one member or more. */
    GZIP,
    /** RFC 1950, without a preset dictionary. */
    ZLIB,
    /** Nothing. */
    RAW,
    /** Zlib as HTTP's {@code deflate} demands, or nothing, as some clients understand it. */
    ZLIB_OR_RAW
}
