package io.lightvessel.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.GatewayComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Prometheus' compliance suites ask of senders of remote write, each case under its own name, of the real exporter in
 * the real engine: with series as scrapers make them, with the same as OTLP, and from the text that the real receiver scrapes
 * of a target to the request. What arrives is read with protobuf's own library.
 */
class SenderCasesTest {

    private static final Path PAGE = Path.of("../../docs/remote-write-cases.md");

    private static GatewayComponents components;

    /** By level, the cases that were run and the forms in which each has held. */
    private static final Map<SenderCase.Level, Map<String, Set<SenderUnderTest.Form>>> HELD =
            new EnumMap<>(SenderCase.Level.class);

    @BeforeAll
    static void start() {
        components = GatewayComponents.create();
    }

    @AfterAll
    static void stop() {
        components.close();
        tell();
    }

    /** One line that keeps what must be, what should be and what may be apart. */
    private static void tell() {
        StringBuilder line =
                new StringBuilder("remote write, cases of senders that held in every form they were run in:");
        for (SenderCase.Level level : SenderCase.Level.values()) {
            Map<String, Set<SenderUnderTest.Form>> asked = HELD.getOrDefault(level, Map.of());
            List<String> failed = new ArrayList<>(asked.keySet());
            failed.removeIf(name -> asked.get(name).size() == SenderUnderTest.Form.values().length);
            line.append(' ')
                    .append(level)
                    .append(' ')
                    .append(asked.size() - failed.size())
                    .append('/')
                    .append(asked.size())
                    .append(failed.isEmpty() ? "" : " " + failed)
                    .append(';');
        }
        System.out.println(line);
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
        List<SenderCase> all = all();
        return all.stream()
                .flatMap(one -> Stream.of(SenderUnderTest.Form.values()).map(form -> Arguments.of(one, form)));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("cases")
    void theSenderDoesWhatIsAskedOfIt(SenderCase one, SenderUnderTest.Form form) throws Exception {
        Set<SenderUnderTest.Form> held = HELD.computeIfAbsent(one.level(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(one.toString(), _ -> EnumSet.noneOf(SenderUnderTest.Form.class));
        try (SenderUnderTest sender = new SenderUnderTest(form, components)) {
            one.check().run(sender);
            assertThat(sender.receiver.must).as("MUST of every request").isEmpty();
            held.add(form);
        } catch (AssertionError e) {
            // Reports of the build name tests by number.
            throw new AssertionError(one + " (" + form + "): " + e.getMessage(), e);
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
                "`SenderCasesTest` in `agents/gateway`. Each is run three times: a target's answer (text, OpenMetrics or");
        lines.add(
                "protobuf, whichever can say it) scraped by the real receiver and sent by the real exporter; series handed to");
        lines.add("the exporter; the same as OTLP. It asserts what its name says, and that no request breaks what the");
        lines.add(
                "specification demands. At its end the test prints how many held of each level. Written by the test itself:");
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
