package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the checkpoints of one receiver, in memory across reloads and, given a directory, in a file across restarts. The
 * file is replaced in one step, so a killed process leaves a whole one; it is not forced to disk every time, so a power
 * cut may bring back an older one, which costs doubled lines, never lost ones.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String VERSION = "lightvessel-filelog-1";
    private static final String SUM = "crc32c ";

    private final @Nullable Path file;
    private List<TailCheckpoint> saved = List.of();
    private boolean loaded;
    private boolean fresh = true;

    Checkpoints(@Nullable Path directory, String receiver) {
        this.file = directory == null
                ? null
                : directory.resolve("filelog-" + receiver.replaceAll("[^A-Za-z0-9._-]", "_") + ".checkpoints");
    }

    /** Whether this receiver has never run before, so that files are older than it. */
    synchronized boolean isFresh() {
        return fresh;
    }

    synchronized List<TailCheckpoint> load() throws IOException {
        if (!loaded && file != null) {
            try {
                saved = parse(Files.readString(file));
                fresh = false;
            } catch (NoSuchFileException e) {
                LOG.debug("{} is not there yet", file);
            } catch (IllegalArgumentException e) {
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                // Doubled lines can be told apart, lost ones cannot be brought back.
                fresh = false;
                LOG.error(
                        "{} is damaged ({}) and put aside as {}; all files are read from their beginning",
                        file,
                        e.getMessage(),
                        aside);
            }
        }
        loaded = true;
        return saved;
    }

    synchronized void save(List<TailCheckpoint> checkpoints) throws IOException {
        if (checkpoints.equals(saved) && !fresh) {
            return;
        }
        if (file != null) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, format(checkpoints));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
        saved = List.copyOf(checkpoints);
        fresh = false;
    }

    private static String format(List<TailCheckpoint> checkpoints) {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        for (TailCheckpoint c : checkpoints) {
            text.append("log ")
                    .append(encode(c.path().toString().getBytes(UTF_8)))
                    .append(' ')
                    .append(c.file().device())
                    .append(' ')
                    .append(c.file().inode())
                    .append(' ')
                    .append(c.fingerprint().length())
                    .append(' ')
                    .append(c.fingerprint().crc())
                    .append(' ')
                    .append(c.offset())
                    .append(' ')
                    .append(c.timeMillis())
                    .append('\n');
            c.partials()
                    .forEach((stream, partial) -> text.append("partial ")
                            .append(encode(stream.getBytes(UTF_8)))
                            .append(' ')
                            .append(partial.timeUnixNano())
                            .append(' ')
                            .append(encode(partial.text()))
                            .append('\n'));
        }
        String sum = sum(text.toString());
        return text.append(SUM).append(sum).append('\n').toString();
    }

    private static List<TailCheckpoint> parse(String text) {
        int sumAt = text.lastIndexOf(SUM);
        if (!text.startsWith(VERSION) || sumAt < 0) {
            throw new IllegalArgumentException("no " + VERSION + " file or cut short");
        }
        if (!text.substring(sumAt + SUM.length()).strip().equals(sum(text.substring(0, sumAt)))) {
            throw new IllegalArgumentException("wrong checksum");
        }
        List<TailCheckpoint> checkpoints = new ArrayList<>();
        for (String line : text.substring(0, sumAt).lines().skip(1).toList()) {
            String[] fields = line.split(" ", -1);
            switch (fields[0]) {
                case "log" -> checkpoints.add(log(fields));
                case "partial" -> checkpoints.add(withPartial(checkpoints.removeLast(), fields));
                default -> throw new IllegalArgumentException("a line of kind " + fields[0]);
            }
        }
        return List.copyOf(checkpoints);
    }

    private static TailCheckpoint log(String[] f) {
        return new TailCheckpoint(
                Path.of(new String(decode(f[1]), UTF_8)),
                new FileIdentity(Long.parseLong(f[2]), Long.parseLong(f[3])),
                new Fingerprint(Integer.parseInt(f[4]), Long.parseLong(f[5])),
                Long.parseLong(f[6]),
                Map.of(),
                Long.parseLong(f[7]));
    }

    private static TailCheckpoint withPartial(TailCheckpoint c, String[] f) {
        Map<String, Partial> partials = new HashMap<>(c.partials());
        partials.put(new String(decode(f[1]), UTF_8), new Partial(Long.parseLong(f[2]), decode(f[3])));
        return new TailCheckpoint(c.path(), c.file(), c.fingerprint(), c.offset(), partials, c.timeMillis());
    }

    private static String sum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
