package io.lightvessel.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ManualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiscoveryTest extends DiscoveryContract {

    @TempDir
    private Path directory;

    private final ManualTimer timer = new ManualTimer();
    private int written;

    @Override
    protected Discovery discovery() {
        return discovery("targets.json", "*.yml");
    }

    @Override
    protected Set<String> publish(int targets) throws IOException {
        write(
                "targets.json",
                IntStream.range(0, targets)
                        .mapToObj(i -> "{\"targets\": [\"json-" + i + ":1\"], \"labels\": {\"n\": \"" + i + "\"}}")
                        .collect(Collectors.joining(",", "[", "]")));
        write("more.yml", targets == 0 ? "" : "- targets: ['yaml:1']\n");
        Set<String> addresses =
                IntStream.range(0, targets).mapToObj(i -> "json-" + i + ":1").collect(Collectors.toSet());
        if (targets > 0) {
            addresses.add("yaml:1");
        }
        return addresses;
    }

    @Override
    protected boolean breakSource() throws IOException {
        Files.move(directory.resolve("targets.json"), directory.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(directory.resolve("more.yml"), directory.resolve("kept too"), StandardCopyOption.REPLACE_EXISTING);
        write("targets.json", "[{\"targets\": [\"a:1\"");
        write("more.yml", "- tragets: [a]\n");
        return true;
    }

    @Override
    protected void repairSource() throws IOException {
        Files.move(directory.resolve("kept"), directory.resolve("targets.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(directory.resolve("kept too"), directory.resolve("more.yml"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    protected void lookAgain() {
        timer.advance(FileDiscovery.LOOK_EVERY);
    }

    @Test
    void aTargetKnowsItsFileAndItsLabels() throws IOException {
        write("a.yaml", "- targets: [h:1, h:2]\n  labels: {port: 9100, up: yes}\n- labels: {a: b}\n- targets:\n");
        write("b.json", " [{\"labels\": {\"x\": \"y\"}, \"targets\": [\"h:3\"]}, {\"targets\": null}] ");
        write("c.txt", "nothing to read");
        Heard heard = start("*.yaml", "b.json");
        assertThat(heard.problem()).isNull();
        Path file = directory.resolve("a.yaml");
        assertThat(heard.targets())
                .containsOnlyKeys("h:1", "h:2", "h:3")
                .containsEntry(
                        "h:2",
                        Map.of("__address__", "h:2", "port", "9100", "up", "yes", "__meta_filepath", file.toString()))
                .containsEntry(
                        "h:3",
                        Map.of(
                                "__address__", "h:3",
                                "x", "y",
                                "__meta_filepath", directory.resolve("b.json").toString()));
        assertThat(heard.sources()).containsExactly(file + ":0", directory.resolve("b.json") + ":0");
    }

    @Test
    void filesComeAndGo() throws IOException {
        write("a.yml", "- targets: [a:1]\n");
        Heard heard = start("*.yml", "one.json");
        assertThat(heard.targets()).containsOnlyKeys("a:1");
        assertThat(heard.problem()).isEqualTo(directory.resolve("one.json") + ": no such file");
        write("b.yml", "- targets: [b:1]\n");
        write("one.json", "[]");
        lookAgain();
        assertThat(heard.targets()).containsOnlyKeys("a:1", "b:1");
        assertThat(heard.problem()).isNull();
        Files.delete(directory.resolve("a.yml"));
        lookAgain();
        assertThat(heard.targets()).containsOnlyKeys("b:1");
    }

    @Test
    void aBrokenFileDoesNotConcernOthers() throws IOException {
        write("a.yml", "- targets: [a:1]\n");
        write("b.yml", "- targets: [b:1]\n");
        Heard heard = start("*.yml");
        write("a.yml", "- targets: [a:2\n");
        write("b.yml", "- targets: [b:2]\n");
        lookAgain();
        assertThat(heard.targets()).containsOnlyKeys("a:1", "b:2");
        assertThat(heard.problem()).startsWith(directory.resolve("a.yml") + ": line 2: no YAML: ");
    }

    @Test
    void aDirectoryThatIsSwappedByALinkIsSeen() throws IOException {
        // As Kubernetes replaces what a ConfigMap is mounted as.
        Path one = Files.createDirectory(directory.resolve("1"));
        Path two = Files.createDirectory(directory.resolve("2"));
        Files.writeString(one.resolve("t.yml"), "- targets: [a:1]\n");
        Files.writeString(two.resolve("t.yml"), "- targets: [b:1]\n");
        Path data = Files.createSymbolicLink(directory.resolve("data"), one);
        Files.createSymbolicLink(directory.resolve("t.yml"), Path.of("data/t.yml"));
        Heard heard = start("t.yml");
        assertThat(heard.targets()).containsOnlyKeys("a:1");
        Files.delete(data);
        Files.createSymbolicLink(data, two);
        lookAgain();
        assertThat(heard.targets()).containsOnlyKeys("b:1");
    }

    @Test
    void aFileThatSeemsUnchangedIsReadNowAndThen() throws IOException {
        Path file = directory.resolve("a.yml");
        write("a.yml", "- targets: [a:1]\n");
        FileTime time = Files.getLastModifiedTime(file);
        Heard heard = start("a.yml");
        Files.writeString(file, "- targets: [b:1]\n");
        Files.setLastModifiedTime(file, time);
        lookAgain();
        assertThat(heard.targets()).containsOnlyKeys("a:1");
        timer.advance(Duration.ofMinutes(5));
        assertThat(heard.targets()).containsOnlyKeys("b:1");
    }

    private Heard start(String... patterns) {
        Heard heard = new Heard();
        discovery(patterns).start(heard);
        return heard;
    }

    private Discovery discovery(String... patterns) {
        List<String> files = List.of(patterns).stream()
                .map(pattern -> directory + "/" + pattern)
                .toList();
        return new FileDiscovery(files, Duration.ofMinutes(5), timer, Runnable::run);
    }

    /** With a time of its own for each, for tests are faster than the clock of some file systems. */
    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000L * ++written));
    }
}
