package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A checkpoint as one line of text that ends with its checksum. */
final class CheckpointLine {
    private static final int FIXED = 9;
    private static final int PARTIAL = 3;

    private CheckpointLine() {}

    static void write(TailCheckpoint checkpoint, StringBuilder text) {
        int from = text.length();
        text.append(encode(checkpoint.path().toString().getBytes(UTF_8)));
        number(text, checkpoint.file().device());
        number(text, checkpoint.file().inode());
        number(text, checkpoint.fingerprint().length());
        number(text, checkpoint.fingerprint().crc());
        number(text, checkpoint.mark().length());
        number(text, checkpoint.mark().crc());
        number(text, checkpoint.offset());
        number(text, checkpoint.timeMillis());
        checkpoint.partials().forEach((stream, partial) -> {
            text.append(' ').append(encode(stream.getBytes(UTF_8)));
            number(text, partial.timeUnixNano());
            text.append(' ').append(encode(partial.text()));
        });
        String sum = sum(text.substring(from));
        text.append(' ').append(sum).append('\n');
    }

    /** Null when it is damaged or was not written to its end. */
    static @Nullable TailCheckpoint read(String line) {
        int sumAt = line.lastIndexOf(' ');
        if (sumAt < 0 || !line.substring(sumAt + 1).equals(sum(line.substring(0, sumAt)))) {
            return null;
        }
        String[] fields = line.substring(0, sumAt).split(" ", -1);
        if (fields.length < FIXED || (fields.length - FIXED) % PARTIAL != 0) {
            return null;
        }
        try {
            return of(fields);
        } catch (IllegalArgumentException e) {
            // The sum is no secret: another program may have written something else with it.
            return null;
        }
    }

    private static TailCheckpoint of(String[] f) {
        Map<String, Partial> partials = new HashMap<>();
        for (int i = FIXED; i < f.length; i += PARTIAL) {
            partials.put(new String(decode(f[i]), UTF_8), new Partial(Long.parseLong(f[i + 1]), decode(f[i + 2])));
        }
        return new TailCheckpoint(
                Path.of(new String(decode(f[0]), UTF_8)),
                new FileIdentity(Long.parseLong(f[1]), Long.parseLong(f[2])),
                new Fingerprint(Integer.parseInt(f[3]), Long.parseLong(f[4])),
                new Fingerprint(Integer.parseInt(f[5]), Long.parseLong(f[6])),
                Long.parseLong(f[7]),
                partials,
                Long.parseLong(f[8]));
    }

    static String sum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static void number(StringBuilder text, long value) {
        text.append(' ').append(value);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
