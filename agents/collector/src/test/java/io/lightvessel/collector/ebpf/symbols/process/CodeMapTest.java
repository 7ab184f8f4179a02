package io.lightvessel.collector.ebpf.symbols.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CodeMapTest {

    @Test
    void codeIsFoundByAddress() {
        CodeMap map = parse("""
                55d000000000-55d000001000 r--p 00000000 08:01 12 /opt/a b (deleted)
                55d000001000-55d000002000 r-xp 00001000 08:01 12 /opt/a b (deleted)
                7f0000000000-7f0000001000 rwxp 00000000 00:00 0\s
                7ffc00000000-7ffc00001000 r-xp 00000000 00:00 0                          [vdso]
                ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
                """);

        assertThat(map.ranges()).extracting(CodeRange::path).containsExactly("/opt/a b", "", "[vdso]");
        assertThat(map.find(0x55d000001010L).orElseThrow().offsetOf(0x55d000001010L))
                .isEqualTo(0x1010);
        assertThat(map.find(0x55d000000010L)).isEmpty();
        assertThat(map.find(0x55d000002000L)).isEmpty();
        assertThat(map.find(0x7f0000000fffL)).isPresent();
    }

    @Test
    void anyText() {
        Fuzz.run(
                "proc-maps",
                20_000,
                input -> {
                    CodeMap map = parse(new String(input, StandardCharsets.UTF_8));
                    map.find(0x7f0000000010L);
                    if (map.ranges().isEmpty()) {
                        throw new NothingInIt();
                    }
                    return map.ranges().size()
                            + map.ranges().stream()
                                    .map(CodeRange::name)
                                    .toList()
                                    .toString();
                },
                NothingInIt.class);
    }

    private static final class NothingInIt extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static CodeMap parse(String maps) {
        return CodeMap.parse(maps, (_, _) -> null);
    }
}
