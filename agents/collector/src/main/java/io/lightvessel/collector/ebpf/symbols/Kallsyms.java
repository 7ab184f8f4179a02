package io.lightvessel.collector.ebpf.symbols;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The kernel's functions as it lists them itself, read when the first is asked for and again after modules changed. */
final class Kallsyms implements KernelNames {
    static final String UNKNOWN = "[kernel]";
    private static final int MOST = 2_000_000;
    private static final long LOOK_EVERY = Duration.ofMinutes(1).toNanos();
    private static final long READ_AT_MOST_EVERY = Duration.ofMinutes(10).toNanos();
    private static final int LONGEST_MODULES = 1 << 20;

    private final Path directory;
    private @Nullable AddressNames names;
    private volatile String problem = "";
    private long modules;
    private long lastLook;
    private long lastRead;

    /** @param directory where the kernel shows itself, usually {@code /proc} */
    Kallsyms(Path directory) {
        this.directory = directory;
    }

    @Override
    public synchronized String function(long ip) {
        String name = names(System.nanoTime()).at(ip);
        return name == null ? UNKNOWN : name;
    }

    /** Why functions of the kernel have no names; empty when they have, or none was asked for yet. Never waits. */
    Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    AddressNames names(long now) {
        AddressNames known = names;
        if (known != null && now - lastLook < LOOK_EVERY) {
            return known;
        }
        lastLook = now;
        if (known == null || now - lastRead >= READ_AT_MOST_EVERY) {
            long current = modules();
            if (known == null || current != modules) {
                modules = current;
                lastRead = now;
                known = read();
                names = known;
            }
        }
        return known;
    }

    private long modules() {
        try (InputStream in = Files.newInputStream(directory.resolve("modules"))) {
            CRC32 sum = new CRC32();
            sum.update(in.readNBytes(LONGEST_MODULES));
            return sum.getValue();
        } catch (IOException e) {
            // A kernel without modules has no such file, and then nothing changes either.
            return 0;
        }
    }

    private AddressNames read() {
        AddressNames.Builder builder = new AddressNames.Builder(MOST);
        KallsymsLines lines = new KallsymsLines(builder);
        Path file = directory.resolve("kallsyms");
        try (InputStream in = Files.newInputStream(file)) {
            lines.read(in);
        } catch (IOException e) {
            problem = "kernel functions have no names: " + file + " cannot be read (" + e.getMessage() + ")";
            return builder.build();
        }
        problem = lines.seen() > 0 && lines.allZero()
                ? "kernel functions have no names: " + file
                        + " hides addresses (expected: CAP_SYSLOG, or kernel.kptr_restrict=0)"
                : "";
        return builder.build();
    }
}
