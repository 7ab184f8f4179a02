package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobSetTest {
    @TempDir
    Path root;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("ns_a_1/app/0.log", "ns_a_1/app/0.log.2", "ns_a_1/side/1.log", "ns_b_2/app/0.log")) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), "x");
        }
        Files.createDirectories(root.resolve("ns_a_1/dir.log"));
    }

    @Test
    void wildcardsMatchOneNameEach() {
        assertThat(find(List.of("*/*/*.log"), List.of()))
                .containsExactly("ns_a_1/app/0.log", "ns_a_1/side/1.log", "ns_b_2/app/0.log");
    }

    @Test
    void twoStarsStandForAnyNumberOfDirectories() {
        assertThat(find(List.of("**/0.log"), List.of())).containsExactly("ns_a_1/app/0.log", "ns_b_2/app/0.log");
        assertThat(find(List.of("ns_a_1/app/**/0.log"), List.of())).containsExactly("ns_a_1/app/0.log");
    }

    @Test
    void excludedFilesAreLeftOut() {
        assertThat(find(List.of("*/*/*.log"), List.of("ns_a_*/app/*")))
                .containsExactly("ns_a_1/side/1.log", "ns_b_2/app/0.log");
        assertThat(find(List.of("*/*/*.log"), List.of("**/0.log"))).containsExactly("ns_a_1/side/1.log");
    }

    @Test
    void missingDirectoriesHaveNoFiles() {
        assertThat(find(List.of("nothing/*/*.log", "ns_a_1/app/0.log/*"), List.of()))
                .isEmpty();
    }

    private List<String> find(List<String> include, List<String> exclude) {
        return new GlobSet(
                        include.stream().map(p -> root + "/" + p).toList(),
                        exclude.stream().map(p -> root + "/" + p).toList())
                .find().stream().map(path -> root.relativize(path).toString()).toList();
    }
}
