package io.lightvessel.collector.ebpf.symbols.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's files about processes. All of them can be gone at any moment, which reads as empty. */
public record ProcFs(Path root) {

    Path of(int pid, String name) {
        return root.resolve(pid + "/" + name);
    }

    /** Where the files of a process begin, as it sees them. */
    Path rootOf(int pid) {
        return of(pid, "root");
    }

    byte[] read(int pid, String name, int longest) {
        try (InputStream in = Files.newInputStream(of(pid, name))) {
            return in.readNBytes(longest);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    String text(int pid, String name, int longest) {
        return new String(read(pid, name, longest), StandardCharsets.UTF_8);
    }
}
