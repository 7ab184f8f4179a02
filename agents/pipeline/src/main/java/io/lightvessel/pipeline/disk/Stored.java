package io.lightvessel.pipeline.disk;

import io.netty.buffer.ByteBuf;

/**
 * An entry handed out for delivery.
 *
 * @param body its bytes; the holder's to release
 */
public record Stored(long sequence, Envelope envelope, ByteBuf body) {}
