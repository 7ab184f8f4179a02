package io.lightvessel.collector.ebpf.symbols.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import io.lightvessel.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfMapTest {
    @TempDir
    Path directory;

    @Test
    void codeHasTheNameThatWasWrittenLast() {
        AddressNames names = parse("""
                2000 40 LazyCompile:*old app.js:1
                1000 20 Builtin:first
                0x2000 0x40 LazyCompile:*new app.js:2
                """);

        assertThat(names.at(0x1000)).isEqualTo("Builtin:first");
        assertThat(names.at(0x101f)).isEqualTo("Builtin:first");
        assertThat(names.at(0x1020)).isNull();
        assertThat(names.at(0x203f)).isEqualTo("LazyCompile:*new app.js:2");
        assertThat(names.at(0xfff)).isNull();
        assertThat(names.size()).isEqualTo(2);
    }

    @Test
    void linesThatAreNoneAreLeftOut() {
        assertThat(parse("\n1000\n1000 20\nxyz 20 a\n1000 -1 b\n1000 20 good\n3000 20 unfinished")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "1000 20 secret\n");
        Path link = Files.createSymbolicLink(directory.resolve("perf-1.map"), secret);

        assertThatThrownBy(() -> PerfMap.read(link)).hasMessage(link + ": no plain file");
    }

    @Test
    void anyBytes() {
        Fuzz.run(
                "perf-map",
                20_000,
                input -> {
                    AddressNames names = PerfMap.parse(input, input.length, false);
                    if (names.size() == 0) {
                        throw new NothingInIt();
                    }
                    return names.size() + String.valueOf(names.at(0x7f1c2010));
                },
                NothingInIt.class);
    }

    private static final class NothingInIt extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static AddressNames parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return PerfMap.parse(bytes, bytes.length, false);
    }
}
