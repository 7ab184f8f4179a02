package io.lightvessel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Gives a context a data directory of its own, removed when the tests end. */
public class FreshDataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of("lightvessel.data-dir=" + create()).applyTo(context);
    }

    /** A new directory below {@code target}. */
    public static Path create() {
        try {
            Path dir = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "data-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(dir)));
            return dir.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The context closes in a shutdown hook of its own; PostgreSQL cannot be told to stop once its files are gone. */
    private static void delete(Path dir) {
        try {
            Path running = dir.resolve("postgres").resolve("postmaster.pid");
            for (int waited = 0; Files.exists(running) && waited < 200; waited++) {
                Thread.sleep(100);
            }
            FileSystemUtils.deleteRecursively(dir);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // PostgreSQL may still be closing its files; what stays lies in target and goes with the next clean.
            System.err.println("left behind: " + dir);
        }
    }
}
