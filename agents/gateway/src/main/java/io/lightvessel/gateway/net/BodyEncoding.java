package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ComponentFailure;
import io.netty.buffer.ByteBuf;

/** How exporters pack the bodies of their requests. */
public enum BodyEncoding {
    NONE(""),
    GZIP("gzip"),
    ZSTD("zstd"),
    /** A zlib stream, which HTTP calls deflate. */
    DEFLATE("deflate"),
    /** The same by the Collector's own name. */
    ZLIB("zlib");

    private final String header;

    BodyEncoding(String header) {
        this.header = header;
    }

    /** Reads an exporter's {@code compression}; the empty word is the Collector's for none. */
    public static BodyEncoding of(String word) throws ComponentFailure {
        return switch (word) {
            case "gzip" -> GZIP;
            case "none", "" -> NONE;
            case "deflate" -> DEFLATE;
            case "zlib" -> ZLIB;
            case "zstd" -> {
                if (!ZstdDecoder.isAvailable()) {
                    throw new ComponentFailure(
                            "compression: zstd has no library for this machine (expected: gzip or none here)");
                }
                yield ZSTD;
            }
            default ->
                throw new ComponentFailure("compression: " + word + " (expected: gzip, zstd, zlib, deflate or none)");
        };
    }

    /** The encoding as {@code Content-Encoding} and {@code grpc-encoding} have it; empty for none. */
    public String header() {
        return header;
    }

    /** Appends the packed readable bytes of {@code plain} to {@code out}, moving the indices of {@code out} only. */
    public void pack(ByteBuf plain, ByteBuf out) {
        switch (this) {
            case NONE -> out.writeBytes(plain, plain.readerIndex(), plain.readableBytes());
            case GZIP -> Packer.current().gzip(plain, out);
            case ZSTD -> Packer.current().zstd(plain, out);
            case DEFLATE, ZLIB -> Packer.current().zlib(plain, out);
        }
    }
}
