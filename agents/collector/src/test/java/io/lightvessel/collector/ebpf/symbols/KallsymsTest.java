package io.lightvessel.collector.ebpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KallsymsTest {
    private static final String LISTED = """
            ffffffff81000000 T _stext
            ffffffff81000100 t do_work
            ffffffff81000200 d some_data
            ffffffffc0000000 t nf_hook\t[nf_tables]
            ffffffffc0000100 t last\t[nf_tables]
            """;

    @TempDir
    Path proc;

    @Test
    void functionsAreNamedUpToTheNext() throws IOException {
        Kallsyms kernel = kernel(LISTED);

        assertThat(kernel.function(0xffffffff81000000L)).isEqualTo("_stext");
        assertThat(kernel.function(0xffffffff810001ffL)).isEqualTo("do_work");
        assertThat(kernel.function(0xffffffffc0000080L)).isEqualTo("nf_hook");
        assertThat(kernel.function(0xffffffff80000000L)).isEqualTo("[kernel]");
        assertThat(kernel.function(0xffffffffb0000000L)).isEqualTo("[kernel]");
        assertThat(kernel.problem()).isEmpty();
    }

    @Test
    void hiddenAddressesAreSaidRatherThanTakenForNames() throws IOException {
        Kallsyms kernel = kernel(LISTED.replaceAll("(?m)^[0-9a-f]{16}", "0000000000000000"));

        assertThat(kernel.function(0xffffffff81000000L)).isEqualTo("[kernel]");
        assertThat(kernel.problem())
                .contains("kernel functions have no names: " + proc.resolve("kallsyms")
                        + " hides addresses (expected: CAP_SYSLOG, or kernel.kptr_restrict=0)");
    }

    @Test
    void missingFileIsSaid() {
        Kallsyms kernel = new Kallsyms(proc);

        assertThat(kernel.function(0xffffffff81000000L)).isEqualTo("[kernel]");
        assertThat(kernel.problem().orElseThrow()).contains("kallsyms cannot be read");
    }

    @Test
    void listIsReadAgainWhenModulesChangedButRarely() throws IOException {
        Kallsyms kernel = kernel("ffffffff81000000 T a\nffffffff81000100 T end\n");
        Files.writeString(proc.resolve("modules"), "one");
        assertThat(kernel.names(0).at(0xffffffff81000000L)).isEqualTo("a");
        Files.writeString(proc.resolve("kallsyms"), "ffffffff81000000 T b\nffffffff81000100 T end\n");

        AddressNames unchanged = kernel.names(Duration.ofMinutes(11).toNanos());
        Files.writeString(proc.resolve("modules"), "two");
        AddressNames tooEarly =
                kernel.names(Duration.ofMinutes(11).plusSeconds(30).toNanos());
        AddressNames changed = kernel.names(Duration.ofMinutes(13).toNanos());

        assertThat(unchanged.at(0xffffffff81000000L)).isEqualTo("a");
        assertThat(tooEarly).isSameAs(unchanged);
        assertThat(changed.at(0xffffffff81000000L)).isEqualTo("b");
    }

    private Kallsyms kernel(String listed) throws IOException {
        Files.writeString(proc.resolve("kallsyms"), listed);
        return new Kallsyms(proc);
    }
}
