package io.lightvessel.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the operating system says of this process. */
final class ProcessStatus {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private ProcessStatus() {}

    /** Empty where the system has no such file. */
    static OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String[] words = line.substring(RESIDENT.length()).trim().split(" +");
                    return OptionalLong.of(Long.parseLong(words[0]) * 1024);
                }
            }
        } catch (IOException e) {
            // Only Linux has it; elsewhere the metric is left out.
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }
}
