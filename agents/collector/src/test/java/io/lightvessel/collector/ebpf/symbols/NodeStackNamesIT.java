package io.lightvessel.collector.ebpf.symbols;

import static io.lightvessel.collector.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.collector.ebpf.symbols.elf.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeStackNamesIT {
    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final NodeStackNames names =
            new NodeStackNames(SymbolSettings.usual("n1", false), (_, _) -> Optional.empty());

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        names.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-static"})
    void functionOfARunningProgramIsNamed(String kind) throws IOException {
        Path program = Programs.compile(directory, "program", kind);
        int pid = start(program.toString(), "wait");

        Frame frame = names.process(pid, 0).resolve(address(pid, program, "first_function"), false);

        assertThat(frame.function()).isEqualTo("first_function");
        assertThat(frame.mapping().file()).isEqualTo(program.toString());
        assertThat(frame.mapping().buildId()).hasSize(40);
        assertThat(frame.address()).isEqualTo(symbol(program, "first_function"));
    }

    @Test
    void addressThatACallReturnsToIsOfTheCaller() throws IOException {
        Path program = Programs.compile(directory, "program");
        int pid = start(program.toString(), "wait");
        ProcessFrames process = names.process(pid, 0);
        long second = address(pid, program, "second_function");

        assertThat(process.resolve(second, false).function()).isEqualTo("second_function");
        assertThat(process.resolve(second, true).function()).isNotEqualTo("second_function");
    }

    @Test
    void programThatWasDeletedIsStillRead() throws IOException {
        Path program = Programs.compile(directory, "program");
        int pid = start(program.toString(), "wait");
        long first = address(pid, program, "first_function");
        Files.delete(program);
        assumeTrue(Files.isReadable(Path.of("/proc/self/map_files")), "needs the right to see mapped files");

        assertThat(names.process(pid, 0).resolve(first, false).function()).isEqualTo("first_function");
    }

    @Test
    void processThatHasEndedKeepsItsNames() throws Exception {
        Path program = Programs.compile(directory, "program");
        int pid = start(program.toString(), "wait");
        long first = address(pid, program, "first_function");
        ProcessFrames process = names.process(pid, 0);
        processes.getFirst().destroyForcibly().waitFor();
        Files.delete(program);

        assertThat(process.resolve(first, false).function()).isEqualTo("first_function");
        assertThat(process.labels().values())
                .containsEntry("service_name", "program")
                .containsEntry("node", "n1");
    }

    @Test
    void strippedProgramIsShownByBuildIdAndAddress() throws IOException {
        Path program = Programs.compile(directory, "program");
        long symbol = symbol(program, "first_function");
        Programs.run("strip", program.toString());
        int pid = start(program.toString(), "wait");
        long start = base(pid, program);

        Frame frame = names.process(pid, 0).resolve(start + symbol, false);

        assertThat(frame.function())
                .isEqualTo("program!" + frame.mapping().buildId().substring(0, 8) + "+0x" + Long.toHexString(symbol));
    }

    @Test
    void processThatBecomesAnotherProgramIsNoticed() throws IOException {
        Path program = Programs.compile(directory, "program");
        int pid = start("/bin/sh", "-c", "read line; exec " + program + " wait");
        assertThat(names.process(pid, 0).labels().values().get("comm")).isEqualTo("sh");

        processes.getFirst().outputWriter().append("go\n").flush();

        until(() -> names.process(pid, 0).labels().values().get("comm").equals("program"));
        long first = address(pid, program, "first_function");
        assertThat(names.process(pid, 0).resolve(first, false).function()).isEqualTo("first_function");
    }

    @Test
    void libraryIsOpenOnceForAllThatUseIt() throws IOException {
        Path program = Programs.compile(directory, "program");
        names.process(start(program.toString(), "wait"), 0);
        int files = names.usage().files();

        names.process(start(program.toString(), "wait"), 0);

        assertThat(names.usage().files()).isEqualTo(files);
        assertThat(names.usage().processes()).isEqualTo(2);
    }

    @Test
    void processThatNeverWasHasNoNames() {
        ProcessFrames gone = names.process(Integer.MAX_VALUE, 0);

        assertThat(gone.identity().startTime()).isZero();
        assertThat(gone.resolve(0x1234, false).function()).isEqualTo("[unknown]");
        assertThat(gone.labels().values()).containsEntry("service_name", "unspecified");
    }

    @Test
    void kernelOfThisMachineIsNamedOrSaysWhyNot() throws IOException {
        Optional<String> line = Files.readAllLines(Path.of("/proc/kallsyms")).stream()
                .filter(listed -> listed.endsWith(" T vfs_read"))
                .findFirst();
        assumeTrue(line.isPresent(), "needs a kernel that lists its functions");
        long address = Long.parseUnsignedLong(line.get().substring(0, 16), 16);

        String name = names.kernel().function(address + 1);

        assertThat(name).isEqualTo(address == 0 ? "[kernel]" : "vfs_read");
        assertThat(names.problems()).hasSize(address == 0 ? 1 : 0);
    }

    private int start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        int pid = (int) process.pid();
        String program = Path.of(command[0]).toRealPath().toString();
        // Until it has loaded its libraries there is little to see.
        until(() -> {
            String maps = Files.readString(Path.of("/proc/" + pid + "/maps"));
            return maps.contains(program) && (maps.contains("libc.so") || maps.contains("[heap]"));
        });
        return pid;
    }

    private static long symbol(Path program, String function) {
        return Programs.run("nm", program.toString()).stream()
                .filter(line -> line.endsWith(" " + function))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(0, 16), 16))
                .findFirst()
                .orElseThrow();
    }

    private static long address(int pid, Path program, String function) throws IOException {
        long symbol = symbol(program, function);
        return symbol >= 0x400000 ? symbol : base(pid, program) + symbol;
    }

    private static long base(int pid, Path program) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream()
                .filter(line -> line.contains(program.toString()))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf('-')), 16))
                .findFirst()
                .orElseThrow();
    }
}
