package io.lightvessel.collector.ebpf.symbols.elf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of at most 4 GiB in memory, of which only the pages that are looked at are read. */
record MappedFile(Arena arena, ElfBytes bytes) implements AutoCloseable {
    private static final long LARGEST = 0xffff_ffffL;

    @SuppressWarnings("MustBeClosedChecker") // The arena is closed with the file.
    static MappedFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > LARGEST) {
                throw new MalformedElf("file of " + size + " bytes (expected: at most " + LARGEST + ")");
            }
            Arena arena = Arena.ofShared();
            try {
                return new MappedFile(arena, new ElfBytes(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena)));
            } catch (IOException | RuntimeException e) {
                arena.close();
                throw e;
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
