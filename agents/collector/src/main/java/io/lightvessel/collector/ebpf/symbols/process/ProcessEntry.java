package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.Frame;
import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import io.lightvessel.collector.ebpf.symbols.elf.ElfImage;
import io.lightvessel.collector.ebpf.symbols.elf.FileKey;
import io.lightvessel.collector.ebpf.symbols.jvm.JitProcess;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One program that runs, from when it was first seen until it ends or becomes another. */
final class ProcessEntry implements ProcessFrames {
    private static final String UNKNOWN = "[unknown]";
    private static final long READ_AT_MOST_EVERY = Duration.ofSeconds(1).toNanos();
    private static final int SHORT_ID = 8;
    /** A process is worth asking for names once it was found running so often. */
    private static final int WORTH_ASKING = 10;

    private final ProcessSources sources;
    private final ProcessIdentity identity;
    private final ProcessFacts facts;
    private final @Nullable FileKey program;
    private final @Nullable JitProcess jit;
    private volatile CodeMap code;
    private volatile long lastRead;
    private volatile @Nullable ProcessLabels labels;
    private volatile long labelsUntil;
    private int sightings;

    ProcessEntry(
            ProcessSources sources,
            ProcessIdentity identity,
            ProcessFacts facts,
            @Nullable FileKey program,
            @Nullable JitProcess jit,
            CodeMap code) {
        this.sources = sources;
        this.identity = identity;
        this.facts = facts;
        this.program = program;
        this.jit = jit;
        this.code = code;
        this.lastRead = System.nanoTime();
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    /** The file it was started from; tells when it has become another program. */
    @Nullable
    FileKey program() {
        return program;
    }

    /** Called for each sample, by one thread. */
    void seen() {
        if (jit != null && jit.jvm() && ++sightings == WORTH_ASKING) {
            sources.jitNames().prepare(jit);
        }
    }

    @Override
    public ProcessLabels labels() {
        long now = System.nanoTime();
        ProcessLabels current = labels;
        if (current == null || now - labelsUntil >= 0) {
            current = sources.labels(facts);
            labels = current;
            labelsUntil = now + ProcessSources.LABELS_HOLD;
        }
        return current;
    }

    @Override
    public Frame resolve(long ip, boolean returnAddress) {
        long address = returnAddress ? ip - 1 : ip;
        Optional<CodeRange> found = code.find(address);
        if (found.isEmpty()) {
            found = readAgain().find(address);
        }
        return found.map(range -> frame(range, address)).orElseGet(() -> new Frame(null, UNKNOWN, address));
    }

    private Frame frame(CodeRange range, long address) {
        FileKey file = range.file();
        if (file != null) {
            ElfImage image = sources.image(identity.pid(), range, file);
            if (image.problem().isEmpty()) {
                return frame(range, image, range.offsetOf(address));
            }
        }
        String name = jit == null ? null : sources.jitNames().at(jit, address);
        String shown = range.path().isEmpty() ? "[anon]" : range.isFile() ? range.name() : range.path();
        return new Frame(range.mapping(""), name == null ? shown : name, address);
    }

    private static Frame frame(CodeRange range, ElfImage image, long offset) {
        String name = image.nameAt(offset);
        String id = image.buildId();
        long inFile = image.addressOf(offset);
        if (name == null) {
            String build = id.isEmpty() ? "" : "!" + id.substring(0, Math.min(SHORT_ID, id.length()));
            name = range.name() + build + "+0x"
                    + HexFormat.of().toHexDigits(inFile).replaceFirst("^0+(?=.)", "");
        }
        return new Frame(range.mapping(id), name, inFile);
    }

    /** Code that came later: libraries that were loaded, or what was made at run time. */
    private CodeMap readAgain() {
        long now = System.nanoTime();
        if (now - lastRead >= READ_AT_MOST_EVERY) {
            lastRead = now;
            CodeMap read = sources.code(identity.pid());
            // The number may belong to another by now, and a process that ended has no memory left.
            if (!read.ranges().isEmpty() && sources.isStill(identity)) {
                code = read;
            }
        }
        return code;
    }
}
