package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class LineFormatFuzzTest {

    /** Whatever a file holds, a line comes of it that lies within what was read. */
    @Test
    void linesOfContainers() {
        LogLine line = new LogLine();
        Fuzz.run(
                "cri",
                20_000,
                input -> {
                    byte[] padded = new byte[input.length + 2];
                    System.arraycopy(input, 0, padded, 1, input.length);
                    LineFormat.AUTO.read(padded, 1, input.length, line);
                    assertThat(line.length).isNotNegative();
                    assertThat(line.from).isNotNegative();
                    assertThat(line.from + line.length).isLessThanOrEqualTo(line.bytes.length);
                    if (line.timeUnixNano == 0) {
                        throw new IllegalArgumentException("as it is");
                    }
                    return line.stream + (line.partial ? " half" : " whole");
                },
                IllegalArgumentException.class);
    }
}
