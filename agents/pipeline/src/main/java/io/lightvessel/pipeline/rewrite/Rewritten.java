package io.lightvessel.pipeline.rewrite;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param bytes the changed request, whose reference is the receiver's; null when it stays as it is
 * @param dropped records that were left out
 */
public record Rewritten(@Nullable ByteBuf bytes, int dropped) {}
