package io.lightvessel.platform.secrets;

import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keys in a file of their own, one a line. */
final class KeyFile implements KeySource {
    private final Path file;
    private final SecureRandom random = new SecureRandom();

    /** @param create whether one that is not there is made, with one new key */
    KeyFile(Path file, boolean create) {
        this.file = file;
        if (create && PrivateFiles.read(file).isEmpty()) {
            write(List.of(SealingKey.create(random)));
        }
    }

    @Override
    public List<SealingKey> keys() {
        byte[] content = PrivateFiles.read(file)
                .orElseThrow(() -> new StartupRefused(
                        "%s is not there (expected: a file with sealing keys, one a line).".formatted(file)));
        List<String> lines = new String(content, StandardCharsets.US_ASCII)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return KeyText.parse(file.toString(), lines);
    }

    @Override
    public SealingKey add() {
        List<SealingKey> keys = new ArrayList<>(keys());
        SealingKey fresh = SealingKey.create(random);
        keys.addFirst(fresh);
        write(keys);
        return fresh;
    }

    @Override
    public void forgetOld() {
        write(keys().subList(0, 1));
    }

    private void write(List<SealingKey> keys) {
        String text = keys.stream().map(key -> key.text() + "\n").collect(Collectors.joining());
        PrivateFiles.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
