package io.lightvessel.gateway.discovery;

import io.lightvessel.pipeline.Timer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Targets from files in JSON or YAML, which are looked at every second and read when they seem to have changed. A file that
 * cannot be read keeps the targets it had; one that is gone takes them along.
 */
public final class FileDiscovery implements Discovery {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    static final int LARGEST = 64 << 20;

    private record Version(FileTime modified, long size, Object key) {}

    /** A file as it was read last. */
    private static final class Known {
        @Nullable
        Version version;

        List<TargetGroup> groups = List.of();

        @Nullable
        String problem;
    }

    private final List<FilePattern> patterns;
    private final Duration refreshInterval;
    private final Timer timer;
    private final Executor executor;
    private final Map<Path, Known> known = new TreeMap<>();
    private long readAllAt;
    private @Nullable Teller teller;
    private @Nullable Rounds rounds;

    /** @param refreshInterval how often files are read even if they seem unchanged */
    public FileDiscovery(List<String> patterns, Duration refreshInterval, Timer timer, Executor executor) {
        this.patterns = patterns.stream().map(FilePattern::new).toList();
        this.refreshInterval = refreshInterval;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public synchronized void start(Listener listener) {
        Teller made = new Teller(listener);
        teller = made;
        readAllAt = timer.nanoTime();
        look(made);
        Duration pause = refreshInterval.compareTo(LOOK_EVERY) < 0 ? refreshInterval : LOOK_EVERY;
        rounds = new Rounds(timer, executor, pause, () -> look(made));
        rounds.startAfterPause();
    }

    @Override
    public synchronized void close() {
        if (rounds != null) {
            rounds.close();
        }
        if (teller != null) {
            teller.close();
        }
    }

    private void look(Teller made) {
        List<String> problems = new ArrayList<>();
        boolean all = timer.nanoTime() - readAllAt >= refreshInterval.toNanos();
        if (all) {
            readAllAt = timer.nanoTime();
        }
        TreeSet<Path> files = new TreeSet<>();
        for (FilePattern pattern : patterns) {
            try {
                files.addAll(pattern.files());
                if (pattern.isOneFile() && !files.contains(pattern.path())) {
                    problems.add(pattern.path() + ": no such file");
                }
            } catch (IOException e) {
                // Nobody knows which files are there, so those that were are.
                problems.add("the directory of " + pattern.path() + " cannot be read: " + e.getMessage());
                known.keySet().stream().filter(pattern::matches).forEach(files::add);
            }
        }
        known.keySet().retainAll(files);
        List<TargetGroup> groups = new ArrayList<>();
        for (Path file : files) {
            Known state = known.computeIfAbsent(file, _ -> new Known());
            read(file, state, all);
            groups.addAll(state.groups);
            if (state.problem != null) {
                problems.add(file + ": " + state.problem);
            }
        }
        made.tell(groups, problems.isEmpty() ? null : String.join("; ", problems));
    }

    private static void read(Path file, Known state, boolean anyway) {
        try {
            Version found = versionOf(file);
            if (!anyway && found.equals(state.version)) {
                return;
            }
            state.version = found;
            state.groups = parse(file, found.size());
            state.problem = null;
        } catch (NoSuchFileException e) {
            // Gone since we listed it, as happens when it is being replaced; the next look finds it or not.
            state.version = null;
        } catch (IOException e) {
            state.problem = "cannot be read: " + e.getMessage();
            state.version = null;
        } catch (MalformedTargets e) {
            state.problem = e.getMessage();
        }
    }

    private static List<TargetGroup> parse(Path file, long size) throws IOException, MalformedTargets {
        if (size > LARGEST) {
            throw new MalformedTargets(size + " bytes (expected: at most " + LARGEST + ")");
        }
        byte[] content = Files.readAllBytes(file);
        GroupNames names = new GroupNames("__meta_filepath", file.toString(), file.toString());
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return JsonTargets.read(new ByteArrayInputStream(content), names);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return YamlTargets.read(text, names);
        } catch (CharacterCodingException e) {
            throw new MalformedTargets("no UTF-8 text");
        }
    }

    private static Version versionOf(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new Version(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key);
    }
}
