package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.wire.AgentRole;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed promtool takes Prometheus' settings and rules as they are rendered. */
class PromtoolIT {
    private static final ClusterFacts FACTS = new ClusterFacts("prod-eu", "production");

    @TempDir
    Path directory;

    @BeforeAll
    static void promtoolIsInstalled() {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not installed: apt-get install prometheus");
    }

    @Test
    void promtoolTakesSettingsAndRules() throws Exception {
        Map<String, RenderedFile> files = backends();
        for (RenderedFile file : files.values()) {
            Files.writeString(directory.resolve(file.name()), file.text());
        }

        assertThat(promtool("check", "config", "prometheus.yaml"))
                .contains("SUCCESS: prometheus.yaml is valid prometheus config file syntax", "SUCCESS: 8 rules found");
        assertThat(promtool("check", "rules", "red-rules.yaml")).contains("SUCCESS: 8 rules found");
    }

    @Test
    void promtoolFindsWhatIsWrong() throws Exception {
        Files.writeString(
                directory.resolve("prometheus.yaml"),
                backends().get("prometheus.yaml").text().replace("remote_write", "remote_wright"));

        assertThat(promtool("check", "config", "prometheus.yaml")).contains("field remote_wright not found");
    }

    private static Map<String, RenderedFile> backends() {
        Map<String, RenderedFile> files = new TreeMap<>();
        new StackRenderer()
                .render(RenderFixtures.wide(), FACTS, RenderTarget.BACKENDS, AgentRole.GATEWAY)
                .files()
                .forEach(file -> files.put(file.name(), file));
        return files;
    }

    private String promtool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
