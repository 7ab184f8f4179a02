package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Stacks of any shape render for every target, twice to the same bytes, and control plane and agents judge the agents' text
 * alike. {@code -Dlightvessel.render.stacks=10000} is the full proof.
 */
class RandomStacksTest {
    private static final int STACKS = Integer.getInteger("lightvessel.render.stacks", 400);
    private static final long SEED = Long.getLong("lightvessel.render.seed", 20261127L);
    private static final ClusterFacts FACTS = new ClusterFacts("prod-eu", "production");
    private static final Environment AGENTS = Environment.of(agentsEnvironment());

    private final StackRenderer renderer = new StackRenderer();
    private final StackDocument documents = new StackDocument();

    private static Map<String, String> agentsEnvironment() {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("A", "KEY", "TOKEN", "TENANT", "HOST", "LIGHTVESSEL_CLUSTER_SECRET")) {
            variables.put(name, "known-to-agents-alone");
        }
        return variables;
    }

    @Test
    void anyStackRendersForEveryTargetTwiceToTheSameBytes() {
        for (int i = 0; i < STACKS; i++) {
            StackSpec spec = new RandomStacks(SEED + i).next();
            StackSpec again = documents.read(documents.write(spec));
            for (RenderTarget target : RenderTarget.values()) {
                for (AgentRole role : AgentRole.values()) {
                    Rendering rendering = renderer.render(spec, FACTS, target, role);

                    // A stack may have no backend that settings are known for.
                    if (target != RenderTarget.BACKENDS) {
                        assertThat(rendering.files()).isNotEmpty();
                    }
                    assertThat(new StackRenderer().render(again, FACTS, target, role))
                            .as("seed %d, %s, %s", SEED + i, target, role)
                            .isEqualTo(rendering);
                }
            }
        }
    }

    @Test
    void controlPlaneAndAgentsJudgeWhatAgentsRunAlike() {
        for (int i = 0; i < STACKS; i++) {
            StackSpec spec = new RandomStacks(SEED + i).next();
            for (AgentRole role : AgentRole.values()) {
                String text = renderer.agentConfig(spec, FACTS, role).text();

                List<Finding> here =
                        ConfigParser.parse(text, Environment.UNRESOLVED).findings();
                List<Finding> there = ConfigParser.parse(text, AGENTS).findings();

                assertThat(here).as("seed %d, %s%n%s", SEED + i, role, text).isEmpty();
                assertThat(there)
                        .as("resolved, seed %d, %s%n%s", SEED + i, role, text)
                        .isEqualTo(here);
            }
        }
    }

    @Test
    void everyFileForAlloyIsSound() {
        for (int i = 0; i < STACKS; i++) {
            StackSpec spec = new RandomStacks(SEED + i).next();
            for (AgentRole role : AgentRole.values()) {
                RiverFiles.assertSound(renderer.render(spec, FACTS, RenderTarget.ALLOY, role)
                        .files()
                        .getFirst()
                        .text());
            }
        }
    }
}
