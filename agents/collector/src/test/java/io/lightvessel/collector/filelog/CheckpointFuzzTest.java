package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lightvessel.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class CheckpointFuzzTest {
    /** It says so by null. */
    private static final class Unreadable extends Exception {}

    /** With a sum that matches, so that more than the sum is tried. */
    @Test
    void lines() {
        Fuzz.run(
                "checkpoint",
                5000,
                input -> {
                    String line = new String(input, ISO_8859_1);
                    TailCheckpoint read = CheckpointLine.read(line + ' ' + CheckpointLine.sum(line));
                    if (read == null) {
                        throw new Unreadable();
                    }
                    return read.partials().size();
                },
                Unreadable.class);
    }
}
