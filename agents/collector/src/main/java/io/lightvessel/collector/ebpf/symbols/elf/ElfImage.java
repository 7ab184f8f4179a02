package io.lightvessel.collector.ebpf.symbols.elf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program or library that is run, opened when it was first seen and read when its first function is asked for. A file that cannot be read has no names and says why.
 */
public final class ElfImage {
    private static final int OVERHEAD = 512;

    private final Path root;
    private final Path path;
    private @Nullable MappedFile file;
    private @Nullable MappedFile debug;
    private @Nullable ElfLayout layout;
    private volatile @Nullable SymbolTable functions;
    private String problem = "";

    private ElfImage(@Nullable MappedFile file, Path root, Path path) {
        this.file = file;
        this.root = root;
        this.path = path;
    }

    /**
     * @param file where to open it
     * @param root what the program sees as the root of its files, where separate files of symbols are looked for
     * @param path of the program below that root
     */
    static ElfImage open(Path file, Path root, Path path) {
        try {
            return new ElfImage(MappedFile.open(file), root, path);
        } catch (IOException | MalformedElf e) {
            ElfImage image = new ElfImage(null, root, path);
            image.problem = String.valueOf(e.getMessage());
            return image;
        }
    }

    /** The function whose code lies at an offset in the file, or null without one. */
    public synchronized @Nullable String nameAt(long offset) {
        read();
        try {
            SymbolTable table = functions;
            return table == null ? null : table.nameAt(offset);
        } catch (MalformedElf | InternalError e) {
            give(e);
            return null;
        }
    }

    /** The address, as the file counts, of the code at an offset, or -1 when none lies there. */
    public synchronized long addressOf(long offset) {
        read();
        return layout == null ? -1 : layout.addressOf(offset);
    }

    /** In hex, empty without one. */
    public synchronized String buildId() {
        read();
        return layout == null ? "" : layout.buildId();
    }

    /** Why there are no names, empty when the file was read. */
    public synchronized String problem() {
        read();
        return problem;
    }

    synchronized int size() {
        read();
        SymbolTable table = functions;
        return table == null ? 0 : table.size();
    }

    /** What it takes of the heap. */
    long bytes() {
        SymbolTable read = functions;
        return OVERHEAD + (read == null ? 0 : read.bytes());
    }

    synchronized void close() {
        if (file != null) {
            file.close();
        }
        if (debug != null) {
            debug.close();
        }
        file = null;
        debug = null;
        functions = null;
    }

    private void read() {
        if (layout != null || file == null) {
            return;
        }
        try {
            ElfLayout read = ElfLayout.read(file.bytes());
            functions = functions(file.bytes(), read);
            layout = read;
        } catch (MalformedElf | InternalError e) {
            give(e);
        }
    }

    private @Nullable SymbolTable functions(ElfBytes bytes, ElfLayout read) {
        Optional<Section> own = read.section(Section.SYMBOLS);
        if (own.isPresent()) {
            return SymbolSection.read(bytes, read, own.get(), read);
        }
        SymbolTable separate = separate(bytes, read);
        if (separate != null) {
            return separate;
        }
        Optional<Section> go = read.section(".gopclntab").or(() -> read.section(".data.rel.ro.gopclntab"));
        if (go.isPresent()) {
            long text = read.section(".text").map(Section::address).orElse(0L);
            return GoFunctions.read(bytes, go.get(), read, text);
        }
        return read.section(Section.DYNAMIC_SYMBOLS)
                .map(table -> SymbolSection.read(bytes, read, table, read))
                .orElse(null);
    }

    private @Nullable SymbolTable separate(ElfBytes bytes, ElfLayout read) {
        debug = DebugFiles.find(bytes, read, root, path).orElse(null);
        if (debug == null) {
            return null;
        }
        try {
            ElfLayout debugLayout = ElfLayout.read(debug.bytes());
            Optional<Section> table = debugLayout.section(Section.SYMBOLS).filter(Section::hasBytes);
            if (table.isPresent()) {
                return SymbolSection.read(debug.bytes(), debugLayout, table.get(), read);
            }
        } catch (MalformedElf e) {
            problem = "separate symbols: " + e.getMessage();
        }
        debug.close();
        debug = null;
        return null;
    }

    /** An {@code InternalError} is what the JVM makes of a file that was cut short while it was mapped. */
    private void give(Throwable cause) {
        problem = cause instanceof MalformedElf
                ? String.valueOf(cause.getMessage())
                : "file was cut short while it was read";
        close();
    }
}
