package io.lightvessel.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

    @Test
    void theHighestValueReachesTheTop() {
        assertThat(Sparkline.markup(List.of(0.0, 10.0, 5.0)))
                .contains("<polyline points=\"0.0,22.0 48.0,2.0 96.0,12.0\"/>");
    }

    @Test
    void nothingButZerosIsAFlatLine() {
        assertThat(Sparkline.markup(List.of(0.0, 0.0))).contains("points=\"0.0,22.0 96.0,22.0\"");
    }

    @Test
    void oneValueIsNoLine() {
        assertThat(Sparkline.markup(List.of(1.0))).doesNotContain("polyline");
    }
}
