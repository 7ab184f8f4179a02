package io.lightvessel.local.pods;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/** Follows a process's output and writes it into a container log. */
public final class CriWriter {

    /** A kubelet rotates at 10 MiB; the demo says less and should still show rotation within an hour. */
    private static final long ROTATE_AT = 1 << 20;

    private static final int KEPT = 4;

    private CriWriter() {}

    /** Follows both streams until the process closes them. */
    public static void follow(Process process, PodLog log, String name) throws IOException {
        CriFile file = new CriFile(log.file(), ROTATE_AT, KEPT, Clock.systemUTC());
        Thread stderr = thread(name + "-stderr", () -> copy(process.getErrorStream(), "stderr", file));
        thread(name + "-stdout", () -> {
            copy(process.getInputStream(), "stdout", file);
            try (file) {
                stderr.join();
            }
        });
    }

    private static void copy(InputStream in, String stream, CriFile file) throws IOException {
        try (InputStream lines = new BufferedInputStream(in)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = lines.read(); b >= 0; b = lines.read()) {
                if (b == '\n') {
                    file.line(stream, line.toByteArray());
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            if (line.size() > 0) {
                file.line(stream, line.toByteArray());
            }
        }
    }

    private static Thread thread(String name, Work work) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // The pipe breaks when the process is killed; anything else, a full disk say, is worth a line.
                if (!"Stream closed".equals(e.getMessage())) {
                    System.err.println(name + ": pod log not written: " + e.getMessage());
                }
            }
        });
    }

    /** What a thread does. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
