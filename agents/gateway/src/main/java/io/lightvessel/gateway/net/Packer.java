package io.lightvessel.gateway.net;

import io.lightvessel.gateway.codec.GzipEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/** Packs request bodies with gzip. */
public final class Packer {
    private static final FastThreadLocal<Packer> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Packer initialValue() {
            return new Packer();
        }
    };

    private final GzipEncoder encoder = new GzipEncoder();

    private Packer() {}

    /** The calling thread's own: an encoder holds 430 KiB. */
    public static Packer current() {
        return CURRENT.get();
    }

    /** Appends the gzipped readable bytes of {@code plain} to {@code out}, moving the indices of {@code out} only. */
    public void gzip(ByteBuf plain, ByteBuf out) {
        encoder.encode(plain, out);
    }
}
