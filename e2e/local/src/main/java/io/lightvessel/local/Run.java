package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What runs from a data directory, written down so that another process can tell about it and stop it. */
record Run(
        ProcessId supervisor,
        Phase phase,
        int port,
        int offset,
        boolean demo,
        Instant startedAt,
        List<Member> members) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Optional<Run> read(DataDir data) {
        try {
            return Optional.of(JSON.readValue(Files.readString(data.runFile()), Run.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Failure(data.runFile() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void write(DataDir data) {
        Path partial = data.runFile().resolveSibling("run.json.partial");
        try {
            Files.writeString(partial, JSON.writeValueAsString(this));
            Files.move(partial, data.runFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(data.runFile() + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    boolean supervised() {
        return supervisor.alive().isPresent();
    }

    /** Everything recorded that still lives, parts and what they started. */
    List<ProcessHandle> leftovers() {
        return members.stream()
                .flatMap(member -> member.processes().stream())
                .flatMap(process -> process.alive().stream())
                .toList();
    }

    /** How far the start has come. */
    enum Phase {
        STARTING,
        READY,
        STOPPING
    }

    /** A part with its process, the first of {@code processes}, and those it started. */
    record Member(String name, String address, List<ProcessId> processes) {
        boolean alive() {
            return !processes.isEmpty() && processes.getFirst().alive().isPresent();
        }
    }
}
