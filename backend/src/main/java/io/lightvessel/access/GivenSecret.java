package io.lightvessel.access;

import io.lightvessel.platform.StartupRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret that a setting holds, or a file that another setting names, such as a mounted Secret. */
public final class GivenSecret {

    private GivenSecret() {}

    /** Nothing when neither is given. */
    public static @Nullable String of(String setting, @Nullable String text, @Nullable Path file) {
        if (file == null) {
            return text;
        }
        if (text != null) {
            throw new StartupRefused(
                    "%s: given twice (expected: %s or %s-file, not both).".formatted(setting, setting, setting));
        }
        String read = read(setting, file);
        if (read.isEmpty()) {
            throw new StartupRefused("%s-file: %s is empty (expected: the secret).".formatted(setting, file));
        }
        return read;
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartupRefused(
                    "%s-file: %s cannot be read (expected: a file with the secret).".formatted(setting, file), e);
        }
    }
}
