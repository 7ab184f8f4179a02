package io.lightvessel.collector.ebpf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SampleProgramTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/ebpf/sample-program.hex");

    /** One instruction a line: what the kernel is given changes only when somebody means it to. */
    @Test
    void programIsTheGoldenOne() throws IOException {
        byte[] code = SampleProgram.assemble(11, 12, 13);
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < code.length; at += 8) {
            lines.append(HexFormat.of().formatHex(code, at, at + 8)).append('\n');
        }
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, lines);
        }
        assertThat(lines.toString()).isEqualTo(Files.readString(GOLDEN));
    }
}
