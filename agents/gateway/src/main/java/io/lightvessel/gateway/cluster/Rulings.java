package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An arbiter's memory as a line of text: a view's number and the half that counts. Whoever keeps it must change it in one
 * step or not at all.
 */
final class Rulings {

    /** Replaces the memory. */
    @FunctionalInterface
    interface Writer {
        void write(String memory) throws IOException;
    }

    private Rulings() {}

    /** @param memory empty before the first ruling */
    static Set<MemberId> claim(Arbiter.Claim claim, String memory, Writer writer) throws IOException {
        String[] words = memory.strip().split(" ");
        long ruled = memory.isBlank() ? 0 : number(words[0]);
        if (claim.view() < ruled) {
            throw new IOException("view " + claim.view() + " is over (ruled: " + ruled + ")");
        }
        if (claim.view() == ruled) {
            return Arrays.stream(words).skip(1).map(Rulings::member).collect(Collectors.toSet());
        }
        writer.write(claim.view() + " "
                + claim.half().stream().sorted().map(MemberId::toString).collect(Collectors.joining(" ")) + "\n");
        return claim.half();
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("'" + text + "' (expected: the number of a view)", e);
        }
    }

    private static MemberId member(String text) {
        if (text.length() != 32) {
            throw new IllegalStateException("'" + text + "' (expected: a replica's id)");
        }
        return new MemberId(
                Long.parseUnsignedLong(text.substring(0, 16), 16), Long.parseUnsignedLong(text.substring(16), 16));
    }
}
