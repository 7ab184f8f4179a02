package io.lightvessel.collector.ebpf.symbols.elf;

import io.lightvessel.fuzz.Fuzz;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElfFuzzTest {

    @Test
    void programs() {
        Fuzz.run("elf", 20_000, ElfFuzzTest::read, MalformedElf.class);
    }

    private static String read(byte[] input) {
        ElfBytes file = new ElfBytes(MemorySegment.ofArray(input));
        ElfLayout layout = ElfLayout.read(file);
        int names = 0;
        for (int type : new int[] {Section.SYMBOLS, Section.DYNAMIC_SYMBOLS}) {
            Optional<Section> table = layout.section(type);
            if (table.isPresent()) {
                names += named(SymbolSection.read(file, layout, table.get(), layout), input.length);
            }
        }
        Optional<Section> go = layout.section(".gopclntab");
        if (go.isPresent()) {
            names += named(GoFunctions.read(file, go.get(), layout, 0), input.length);
        }
        boolean debug = DebugFiles.find(file, layout, Path.of("/none"), Path.of("/bin/x"))
                .isPresent();
        return layout.sections().size() + " sections, " + layout.buildId().isEmpty() + names + debug;
    }

    private static int named(SymbolTable table, int length) {
        int names = 0;
        for (int offset = 0; offset < length; offset += 16) {
            names += table.nameAt(offset) == null ? 0 : 1;
        }
        return names;
    }
}
