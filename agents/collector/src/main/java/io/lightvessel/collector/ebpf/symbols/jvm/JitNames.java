package io.lightvessel.collector.ebpf.symbols.jvm;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of code made at run time. Files are read and JVMs asked by one thread of its own, one after another, so that neither
 * can hold up who wants a name: it gets those known by then.
 */
public final class JitNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JitNames.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(30).toNanos();

    private final boolean asksJvms;
    private final long mostBytes;
    private final Map<JitProcess, Known> known = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("ebpf-jit-names").factory());

    /** What is known of one process. */
    private static final class Known {
        volatile @Nullable AddressNames names;
        volatile long nextLook;
        volatile long lastUsed;
        /** Code without a name was met since the last look. */
        volatile boolean missed = true;

        volatile boolean asked;
        volatile boolean refused;

        long bytes() {
            AddressNames table = names;
            return table == null ? 0 : table.bytes();
        }
    }

    /**
     * @param asksJvms whether JVMs are attached to, else only files that are there already are read
     * @param mostBytes what the names of all processes may take
     */
    public JitNames(boolean asksJvms, long mostBytes) {
        this.asksJvms = asksJvms;
        this.mostBytes = mostBytes;
    }

    /** Begins to look for the names of a process that will be asked for soon. */
    public void prepare(JitProcess process) {
        long now = System.nanoTime();
        Known entry = known.computeIfAbsent(process, _ -> fresh(now));
        entry.lastUsed = now;
        if (entry.missed && now - entry.nextLook >= 0) {
            entry.nextLook = now + LOOK_EVERY;
            try {
                worker.execute(() -> look(process, entry));
            } catch (RejectedExecutionException e) {
                // It is being closed, so nobody needs the names any more.
            }
        }
    }

    /** The name of the code at an address, as far as it is known by now. */
    public @Nullable String at(JitProcess process, long address) {
        Known entry = known.get(process);
        AddressNames names = entry == null ? null : entry.names;
        String name = names == null ? null : names.at(address);
        if (name == null && entry != null) {
            entry.missed = true;
        }
        prepare(process);
        return name;
    }

    public long bytes() {
        return known.values().stream().mapToLong(Known::bytes).sum();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private static Known fresh(long now) {
        Known entry = new Known();
        entry.nextLook = now;
        return entry;
    }

    private void look(JitProcess process, Known entry) {
        entry.missed = false;
        try {
            boolean own = !Files.exists(process.perfMap()) || entry.asked;
            if (process.jvm() && asksJvms && own && !entry.refused) {
                ask(process, entry);
            } else {
                entry.names = PerfMap.read(process.perfMap());
            }
        } catch (NoSuchFileException e) {
            // It writes none: most that make code do not.
        } catch (IOException e) {
            LOG.debug("names of code of process {} cannot be had: {}", process.pid(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trim();
    }

    /** Asks once more only while it works: a JVM that cannot be attached to may print its threads each time. */
    private static void ask(JitProcess process, Known entry) throws IOException, InterruptedException {
        try {
            JvmAttach.writePerfMap(process);
            entry.asked = true;
            entry.names = PerfMap.read(process.perfMap());
        } catch (IOException e) {
            entry.refused = true;
            throw e;
        } finally {
            Files.deleteIfExists(process.perfMap());
        }
    }

    private void trim() {
        while (bytes() > mostBytes || known.size() > 1024) {
            Optional<Map.Entry<JitProcess, Known>> oldest =
                    known.entrySet().stream().min(Comparator.comparingLong(entry -> entry.getValue().lastUsed));
            oldest.ifPresent(entry -> known.remove(entry.getKey()));
        }
    }
}
