package io.lightvessel.gateway.discovery;

import io.lightvessel.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetListsFuzzTest {

    private static final GroupNames NAMES = new GroupNames("__meta_x", "y", "s");

    @Test
    void listsInJson() {
        Fuzz.run(
                "targets-json",
                5000,
                input -> sizes(JsonTargets.read(new ByteArrayInputStream(input), NAMES)),
                MalformedTargets.class);
    }

    @Test
    void listsInYaml() {
        Fuzz.run(
                "targets-yaml",
                3000,
                input -> sizes(YamlTargets.read(new String(input, StandardCharsets.UTF_8), NAMES)),
                MalformedTargets.class);
    }

    private static List<Integer> sizes(List<TargetGroup> groups) {
        return groups.stream().map(group -> group.targets().size()).toList();
    }
}
