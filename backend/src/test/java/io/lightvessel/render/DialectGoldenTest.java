package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs than the agents get, to the byte; {@code -Dlightvessel.golden.update=true} writes it anew. */
class DialectGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/lightvessel/render");
    private static final ClusterFacts PROD = new ClusterFacts("prod-eu", "production");
    private static final Map<String, StackSpec> STACKS =
            Map.of("demo", StackFixtures.demo(), "full", StackFixtures.full(), "wide", RenderFixtures.wide());

    private final StackRenderer renderer = new StackRenderer();

    @ParameterizedTest
    @CsvSource({
        "OTELCOL, demo",
        "OTELCOL, full",
        "OTELCOL, wide",
        "ALLOY, demo",
        "ALLOY, full",
        "ALLOY, wide",
        "AGENT, wide",
        "KUBERNETES, wide",
        "BACKENDS, full",
        "BACKENDS, wide"
    })
    void filesAndFindingsReadAsCommitted(RenderTarget target, String stack) throws IOException {
        Path directory = GOLDEN.resolve(target.wireName());
        for (AgentRole role : AgentRole.values()) {
            Rendering rendering = renderer.render(STACKS.get(stack), PROD, target, role);
            for (RenderedFile file : rendering.files()) {
                assertGolden(directory.resolve(stack + "-" + file.name()), file.text());
            }
            assertGolden(
                    directory.resolve("%s-%s.findings.txt".formatted(stack, role.wireName())),
                    text(rendering.findings()));
        }
    }

    private static String text(List<RenderFinding> findings) {
        return findings.stream()
                .map(finding -> "%s %s%n  why: %s%n  fix: %s%n"
                        .formatted(
                                finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                finding.path(),
                                finding.reason(),
                                finding.fix()))
                .collect(Collectors.joining());
    }

    private static void assertGolden(Path golden, String text) throws IOException {
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).as("%s", golden).isEqualTo(Files.readString(golden));
    }
}
