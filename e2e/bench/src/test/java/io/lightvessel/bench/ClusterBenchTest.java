package io.lightvessel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterBenchTest {

    @Test
    void everyChangeHasItsLine() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Main.run(List.of("cluster", "--targets", "60", "--replicas", "3", "--rounds", "1"), out, out);
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(code).as(lines.toString()).isZero();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("one joins, +3 replicas: 60 targets settled after [\\d,]+ ms");
        assertThat(lines.get(1)).matches("one leaves, +2 replicas: 60 targets settled after [\\d,]+ ms");
        assertThat(lines.get(2)).isEqualTo("0 targets were taken without a hand-over");
    }
}
