package io.lightvessel.gateway.net;

import io.netty.buffer.ByteBuf;

/** Unpacks whole bodies of one coding, one after another; belongs to one thread. */
interface BodyDecoder {

    /**
     * Unpacks everything readable, down to the last byte, writing only to what the target lends it.
     *
     * @param packed in direct memory; its reader index means nothing afterwards
     */
    void decode(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData;

    /** Gives native memory back; the decoder is not used again. */
    void close();
}
