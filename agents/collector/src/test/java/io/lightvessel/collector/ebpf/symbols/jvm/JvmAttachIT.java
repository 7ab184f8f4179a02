package io.lightvessel.collector.ebpf.symbols.jvm;

import static io.lightvessel.collector.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmAttachIT {
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void jvmWritesDownItsCodeWhenAsked() throws Exception {
        JitProcess jvm =
                start(true, java(), "-Xint", "-cp", System.getProperty("java.class.path"), Sleeper.class.getName());

        JvmAttach.writePerfMap(jvm);

        AddressNames names = PerfMap.read(jvm.perfMap());
        Files.delete(jvm.perfMap());
        assertThat(names.size()).isGreaterThan(50);
        assertThat(Files.readString(jvm.directory().resolve("stat"))).doesNotContain(") Z");
    }

    @Test
    void namesOfAJvmAreThereSoonAndItsFileIsNotLeftBehind() throws Exception {
        JitProcess jvm = start(true, java(), "-cp", System.getProperty("java.class.path"), Sleeper.class.getName());
        try (JitNames names = new JitNames(true, 16 << 20)) {
            names.prepare(jvm);

            until(() -> names.bytes() > 10_000);
            until(() -> !Files.exists(jvm.perfMap()));
        }
    }

    @Test
    void jvmIsLeftAloneWhenThatIsAsked() throws Exception {
        JitProcess jvm = start(true, java(), "-cp", System.getProperty("java.class.path"), Sleeper.class.getName());
        try (JitNames names = new JitNames(false, 16 << 20)) {
            names.prepare(jvm);
            names.at(jvm, 0x1000);
        }

        assertThat(jvm.file(".java_pid" + jvm.pid())).doesNotExist();
        assertThat(jvm.perfMap()).doesNotExist();
    }

    @Test
    void programThatWouldDieOfTheSignalDoesNotGetIt() throws Exception {
        // It says so wrongly, as a process would that has the number of one that ended.
        JitProcess other = start(true, "/bin/sh", "-c", "echo ready; exec sleep 60");

        assertThatThrownBy(() -> JvmAttach.writePerfMap(other))
                .hasMessage("JVM " + other.pid() + " does not let others attach (SIGQUIT is not caught)");

        assertThat(processes.getFirst().isAlive()).isTrue();
    }

    @Test
    void jvmThatRefusesIsAskedOnce() throws Exception {
        JitProcess jvm = start(
                true,
                java(),
                "-XX:+DisableAttachMechanism",
                "-Xrs",
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName());

        assertThatThrownBy(() -> JvmAttach.writePerfMap(jvm)).isInstanceOf(IOException.class);

        assertThat(processes.getFirst().isAlive()).isTrue();
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** Waits until it says something, since a JVM deals with signals only from some point on. */
    private JitProcess start(boolean jvm, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        BufferedReader reader = process.inputReader();
        assertThat(reader.readLine()).isEqualTo("ready");
        int pid = (int) process.pid();
        return new JitProcess(pid, 1, Path.of("/proc/" + pid), pid, jvm);
    }
}
