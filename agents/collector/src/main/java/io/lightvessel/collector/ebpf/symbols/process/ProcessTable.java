package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.collector.ebpf.symbols.elf.FileKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes that were found running. Each is looked at again once a second while samples come: its number may belong to
 * another by then, or it may run another program.
 */
public final class ProcessTable {
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
    private static final long FORGET_AFTER = Duration.ofMinutes(2).toNanos();

    private final ProcessSources sources;
    private final int most;
    private final LongSupplier clock;
    private final Map<Integer, Row> rows = new LinkedHashMap<>(256, 0.75f, true);

    private static final class Row {
        final ProcessEntry entry;
        long lastLook;
        long lastSeen;

        Row(ProcessEntry entry, long now) {
            this.entry = entry;
            this.lastLook = now;
        }
    }

    /** @param most how many processes are remembered; those not seen for longest go first */
    public ProcessTable(ProcessSources sources, int most) {
        this(sources, most, System::nanoTime);
    }

    ProcessTable(ProcessSources sources, int most, LongSupplier clock) {
        this.sources = sources;
        this.most = most;
        this.clock = clock;
    }

    /** The process with a number as it is now. */
    public synchronized ProcessFrames process(int pid) {
        long now = clock.getAsLong();
        Row row = rows.get(pid);
        if (row == null || now - row.lastLook >= LOOK_EVERY) {
            row = look(pid, row, now);
        }
        row.lastSeen = now;
        row.entry.seen();
        return row.entry;
    }

    public synchronized int count() {
        return rows.size();
    }

    private Row look(int pid, @Nullable Row known, long now) {
        ProcStat stat = ProcStat.read(sources.proc(), pid);
        FileKey program = sources.program(pid);
        if (known != null
                && (stat.startTime() == 0
                        || known.entry.identity().startTime() == stat.startTime()
                                && Objects.equals(known.entry.program(), program))) {
            // One that has just ended was this one when the sample was taken.
            known.lastLook = now;
            return known;
        }
        Row row = new Row(sources.entry(pid, stat, program), now);
        rows.put(pid, row);
        forget(now);
        return row;
    }

    private void forget(long now) {
        Iterator<Row> oldest = rows.values().iterator();
        while (oldest.hasNext()) {
            Row row = oldest.next();
            boolean old = row.lastSeen != 0 && now - row.lastSeen >= FORGET_AFTER;
            if (!old && rows.size() <= most) {
                return;
            }
            oldest.remove();
        }
    }
}
