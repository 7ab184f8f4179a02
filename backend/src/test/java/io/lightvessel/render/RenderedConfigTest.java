package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is rendered, agents can read: the control plane's own check finds nothing, and so does theirs. */
class RenderedConfigTest {
    private static final ClusterFacts FACTS = new ClusterFacts("prod-eu", "production");

    private final StackRenderer renderer = new StackRenderer();

    @Test
    void agentsReadEveryRoleOfTheFixtures() {
        for (StackSpec spec : new StackSpec[] {StackFixtures.demo(), StackFixtures.full()}) {
            for (AgentRole role : AgentRole.values()) {
                assertReadable(spec, role);
            }
        }
    }

    @Test
    void agentsReadWhatIsLeftWhenARoleHasNothingToDo() {
        StackSpec demo = StackFixtures.demo();
        StackSpec noPods =
                demo.withCollector(StackSpec.defaults().collector().withPodLogs(new PodLogs(false, "/var/log/pods")));

        assertReadable(noPods, AgentRole.COLLECTOR);
    }

    @Test
    void agentsReadEveryChoiceOfBackends() {
        StackSpec demo = StackFixtures.demo();
        Backends all = demo.backends();
        for (int choice = 1; choice < 8; choice++) {
            StackSpec spec = demo.withBackends(new Backends(
                    (choice & 1) == 0 ? null : all.metrics(),
                    (choice & 2) == 0 ? null : all.traces(),
                    (choice & 4) == 0 ? null : all.logs(),
                    null,
                    all.grafana()));
            for (AgentRole role : AgentRole.values()) {
                assertReadable(spec, role);
            }
        }
    }

    @Test
    void attributesOfAnyContentComeOutAsTheyWentIn() {
        Random random = new Random(7);
        StackSpec demo = StackFixtures.demo();
        for (int round = 0; round < 300; round++) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < 4; i++) {
                attributes.put("k" + i + text(random).replaceAll("\\s", "_"), text(random));
            }
            StackSpec spec = demo.withGateway(demo.gateway().withResourceAttributes(attributes));

            ParseOutcome outcome = ConfigParser.parse(
                    renderer.agentConfig(spec, FACTS, AgentRole.GATEWAY).text(),
                    Environment.of(Map.of("A", "from-env")));

            assertThat(outcome.findings()).as("%s", attributes).isEmpty();
            assertThat(outcome).isInstanceOfSatisfying(ParseOutcome.Valid.class, valid -> {
                Map<String, String> seen = ResourceActions.of(valid.config());
                attributes.forEach((key, value) -> assertThat(seen).containsEntry(resolved(key), resolved(value)));
            });
        }
    }

    private static String resolved(String text) {
        return text.replace("${env:A}", "from-env");
    }

    private static String text(Random random) {
        String[] parts = {
            "a",
            "\"",
            "'",
            ": ",
            "#",
            " #",
            "$",
            "${env:A}",
            "{",
            "}",
            "- ",
            "\\",
            "1.20",
            "yes",
            "é",
            "~",
            "%",
            "|",
            ">",
            "&",
            "*",
            "!",
            "@",
            "`",
            "[",
            ",",
            "0x1f",
            "1e3",
            "null",
            " "
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private void assertReadable(StackSpec spec, AgentRole role) {
        String text = renderer.agentConfig(spec, FACTS, role).text();
        assertThat(ConfigParser.parse(text, Environment.UNRESOLVED).findings())
                .as("%s%n%s", role, text)
                .isEmpty();
        assertThat(ConfigParser.parse(
                                text,
                                Environment.of(Map.of(
                                        "MIMIR_TENANT",
                                        "1",
                                        "MIMIR_TOKEN",
                                        "x",
                                        "TEMPO",
                                        "x",
                                        "LOKI_TENANT",
                                        "1",
                                        "NODE_NAME",
                                        "n",
                                        "SHOP",
                                        "shop.example.com",
                                        "LIGHTVESSEL_CLUSTER_SECRET",
                                        "known to all replicas")))
                        .findings())
                .as("resolved, %s%n%s", role, text)
                .isEmpty();
    }
}
