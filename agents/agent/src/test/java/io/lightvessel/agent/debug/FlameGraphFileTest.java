package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlameGraphFileTest {

    /** The two are built apart and neither can use the other's files. */
    @Test
    void consoleDrawsGraphsWithTheSameFile() throws Exception {
        Path ours = Path.of("src/main/resources/io/lightvessel/agent/debug/flame-graph.js");
        Path console = Path.of("../../frontend/src/main/frontend/profiles/flame-graph.js");

        assertThat(console).hasSameTextualContentAs(ours);
        assertThat(Files.size(ours)).isPositive();
    }
}
