package io.lightvessel.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.GatewayComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Prometheus' compliance suites ask of senders of remote write, each case under its own name, of the real exporter in
 * the real engine: once with scraped series, once with the same as OTLP.
 */
class SenderCasesTest {

    private static final Path PAGE = Path.of("../../docs/remote-write-cases.md");

    private static GatewayComponents components;

    @BeforeAll
    static void start() {
        components = GatewayComponents.create();
    }

    @AfterAll
    static void stop() {
        components.close();
    }

    static List<SenderCase> all() {
        return Stream.of(
                        SenderEdgeCases.protocol(),
                        SenderContentCases.symbols(),
                        SenderContentCases.labels(),
                        SenderContentCases.samples(),
                        SenderContentCases.timestamps(),
                        SenderContentCases.metadata(),
                        SenderShapeCases.histograms(),
                        SenderShapeCases.exemplars(),
                        SenderShapeCases.combined(),
                        SenderEdgeCases.edge(),
                        SenderEdgeCases.batching(),
                        SenderAnswerCases.responses(),
                        SenderAnswerCases.retries(),
                        SenderAnswerCases.backoff(),
                        SenderAnswerCases.errors(),
                        SenderAnswerCases.fallback(),
                        SenderOlderCases.compatibility(),
                        SenderEdgeCases.singles(),
                        SenderOlderCases.suite())
                .flatMap(List::stream)
                .toList();
    }

    static Stream<Arguments> cases() {
        return all().stream()
                .flatMap(one -> Stream.of(SenderUnderTest.Form.values()).map(form -> Arguments.of(one, form)));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("cases")
    void theSenderDoesWhatIsAskedOfIt(SenderCase one, SenderUnderTest.Form form) throws Exception {
        try (SenderUnderTest sender = new SenderUnderTest(form, components)) {
            one.check().run(sender);
            assertThat(sender.receiver.must).as("MUST of every request").isEmpty();
        }
    }

    @Test
    void allCasesOfBothSuitesAreHere() {
        assertThat(all().stream()
                        .filter(one -> one.suite() == SenderCase.Suite.V2
                                && !one.group().equals("single")))
                .hasSize(149);
        assertThat(all().stream().filter(one -> one.group().equals("single"))).hasSize(8);
        assertThat(all().stream().filter(one -> one.suite() == SenderCase.Suite.V1))
                .hasSize(19);
        assertThat(all().stream().map(SenderCase::toString)).doesNotHaveDuplicates();
    }

    @Test
    void thePageListsThemByHowStronglyTheyAreAsked() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# What is asked of senders of remote write");
        lines.add("");
        lines.add("The cases of Prometheus' compliance suites (2.0, and the one for 1.0 that came before), ported as");
        lines.add(
                "`SenderCasesTest` in `agents/gateway`: each is run against the real exporter, with scraped series and with");
        lines.add(
                "OTLP, and asserts what its name says. What of 1.0 is a scraper's duty (`Up`, `Invalid`, `HonorLabels`,");
        lines.add(
                "`EmptyLabels`) is asked here only for the way from there to the backend. Written by the test itself:");
        lines.add("`-Dtest=SenderCasesTest -Dlightvessel.docs.write=true`.");
        for (SenderCase.Level level : SenderCase.Level.values()) {
            List<SenderCase> cases =
                    all().stream().filter(one -> one.level() == level).toList();
            lines.add("");
            lines.add("## " + level + " (" + cases.size() + ")");
            lines.add("");
            lines.add("| suite | group | case |");
            lines.add("|---|---|---|");
            cases.forEach(
                    one -> lines.add("| " + one.suite().label + " | " + one.group() + " | `" + one.name() + "` |"));
        }
        if (Boolean.getBoolean("lightvessel.docs.write")) {
            Files.write(PAGE, lines);
        }
        assertThat(Files.readAllLines(PAGE)).isEqualTo(lines);
    }
}
