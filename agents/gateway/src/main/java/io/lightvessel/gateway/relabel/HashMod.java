package io.lightvessel.gateway.relabel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The shard of a text as Prometheus computes it: the last eight bytes of its MD5, modulo the number of shards. */
final class HashMod {

    private HashMod() {}

    static String of(String value, long modulus) {
        byte[] hash = md5().digest(value.getBytes(StandardCharsets.UTF_8));
        return Long.toString(Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(8), modulus));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is missing (expected: every Java platform has it)", e);
        }
    }
}
