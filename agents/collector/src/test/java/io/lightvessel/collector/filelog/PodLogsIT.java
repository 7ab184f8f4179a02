package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.collector.filelog.Fixtures.Pipeline;
import io.lightvessel.collector.kubernetes.PodDirectory;
import io.lightvessel.collector.kubernetes.PodFacts;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PodLogsIT {
    @TempDir
    Path directory;

    private final AtomicLong leftOut = new AtomicLong();
    private final Pipeline pipeline = new Pipeline() {
        @Override
        public void leftOut(DropReason reason, long records, long bytes) {
            assertThat(reason).isEqualTo(DropReason.RATE_LIMITED);
            leftOut.addAndGet(records);
        }
    };

    @Test
    void podsAreChosenByNamespaceAndNamedByTheirPath() throws Exception {
        write("shop", "orders-0", 1);
        write("shop-test", "orders-0", 1);
        write("kube-system", "proxy", 1);
        Receiver receiver = start("namespaces: {include: ['shop*'], exclude: ['*-test']}");
        await(() -> pipeline.accepted.size() == 1);
        Map<String, String> resource = pipeline.resources.getFirst().getResource().getAttributesList().stream()
                .collect(Collectors.toMap(a -> a.getKey(), a -> a.getValue().getStringValue()));
        assertThat(resource)
                .containsEntry("k8s.namespace.name", "shop")
                .containsEntry("k8s.pod.name", "orders-0")
                .containsEntry("k8s.container.name", "app")
                .containsEntry("service.name", "app");
        receiver.stop(Duration.ofSeconds(2));
        assertThat(pipeline.accepted).hasSize(1);
    }

    @Test
    void aPodThatWritesTooMuchLosesLinesThatAreCounted() throws Exception {
        write("shop", "loud", 5000);
        write("shop", "quiet", 50);
        Receiver receiver = start("rate_limit: {lines_per_second: 100, burst: 200}");
        await(() -> pipeline.accepted.size() + leftOut.get() == 5050);
        receiver.stop(Duration.ofSeconds(2));
        assertThat(pipeline.accepted.size()).isBetween(250, 1500);
        assertThat(pipeline.bodies())
                .filteredOn(body -> body.startsWith("quiet"))
                .hasSize(50);
    }

    @Test
    void tracesAndAttributesArePresets() throws Exception {
        Path log = directory.resolve("shop_a_1/app/0.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, """
                2026-11-27T10:00:00Z stdout F {"level":"error","msg":"no"}
                2026-11-27T10:00:00Z stdout F java.lang.Error: x
                2026-11-27T10:00:00Z stdout F 	at a.B
                2026-11-27T10:00:00Z stdout F last
                """);
        Receiver receiver = start("multiline: java", "parse: json");
        await(() -> pipeline.accepted.size() == 2);
        assertThat(pipeline.accepted.getFirst().getSeverityNumberValue()).isEqualTo(17);
        assertThat(pipeline.bodies()).contains("java.lang.Error: x\n\tat a.B");
        receiver.stop(Duration.ofSeconds(2));
    }

    @Test
    void whatIsSecretIsReplacedBeforeAnAttributeIsMadeOfIt() throws Exception {
        Path log = directory.resolve("shop_a_1/app/0.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, """
                2026-11-27T10:00:00Z stdout F {"level":"warn","user":"ann@shop.example","password":"hunter2","n":7}
                2026-11-27T10:00:01Z stdout F level=error auth="Bearer abcdef0123456789" order=42
                2026-11-27T10:00:02Z stdout F plain text of ann@shop.example and card-4711 {not: json}
                """);
        Receiver receiver = start(
                "parse: auto",
                "redact: [{regex_name: email}, {regex_name: password}, {regex_name: bearer_token},"
                        + " {regex: '(card-)[0-9]+', replace_with: '$$1#'}]");
        await(() -> pipeline.accepted.size() == 3);
        receiver.stop(Duration.ofSeconds(2));

        assertThat(pipeline.accepted.toString()).doesNotContain("ann@shop", "hunter2", "abcdef0123456789", "4711");
        assertThat(pipeline.bodies())
                .containsExactly(
                        "{\"level\":\"warn\",\"user\":\"***\",\"password\":\"***\",\"n\":7}",
                        "level=error auth=\"Bearer ***\" order=42",
                        "plain text of *** and card-# {not: json}");
        assertThat(pipeline.accepted)
                .extracting(record -> record.getSeverityNumberValue())
                .containsExactly(13, 17, 0);
        assertThat(pipeline.accepted.getFirst().getAttributesList())
                .extracting(a -> a.getKey() + "=" + a.getValue().getStringValue())
                .contains("user=***", "password=***");
        assertThat(pipeline.accepted.get(1).getAttributesList())
                .extracting(a -> a.getKey() + "=" + a.getValue().getStringValue())
                .contains("auth=Bearer ***", "order=42");
        assertThat(pipeline.accepted.getLast().getAttributesList())
                .extracting(a -> a.getKey())
                .containsOnly("log.iostream");
    }

    @Test
    void redactionsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> settings("redact: [{regex: a, regex_name: email}]"))
                .hasMessageContaining("regex and regex_name (expected: one of regex, regex_name)");
        assertThatThrownBy(() -> settings("redact: [{replace_with: x}]")).hasMessageContaining("no regex (expected");
        assertThatThrownBy(() -> settings("redact: [{regex: '(?=a)b'}]")).hasMessageContaining("RE2's syntax");
        assertThatThrownBy(() -> settings("redact: [{regex: '(a)', replace_with: '$$2'}]"))
                .hasMessageContaining("$2 (expected: a group of the regular expression, which has 1)");
        assertThatThrownBy(() ->
                        settings("operators: [{type: regex_replace, field: body, regex: a, replace_with: '$${x}'}]"))
                .hasMessageContaining("${x} (expected: a group of the regular expression, which has 0)");
    }

    @Test
    void podsAreChosenByAnnotation() {
        PodOptions options =
                PodOptions.of(settings("annotations: {include: {logs/on: 'yes'}, exclude: {logs/off: 'a, b'}}"));
        assertThat(options.choosesByFacts()).isTrue();
        assertThat(options.admits(facts(Map.of(), Map.of("logs/on", "yes")))).isTrue();
        assertThat(options.admits(facts(Map.of(), Map.of("logs/on", "yes", "logs/off", "a, b"))))
                .isFalse();
        assertThat(options.admits(facts(Map.of("logs/on", "yes"), Map.of()))).isFalse();
    }

    @Test
    void podsAreChosenByWhatTheApiKnows() {
        PodOptions options = PodOptions.of(settings(
                "labels: {include: {team: shop}, exclude: {logs: 'off'}}",
                "metadata: {labels: ['*'], annotations: [a]}"));
        PodFacts shop = facts(Map.of("team", "shop"), Map.of("a", "1", "b", "2"));
        assertThat(options.admits(shop)).isTrue();
        assertThat(options.admits(facts(Map.of("team", "shop", "logs", "off"), Map.of())))
                .isFalse();
        assertThat(options.admits(facts(Map.of(), Map.of()))).isFalse();
        assertThat(options.attributes(new PodPath("n", "p", "u", "c", "0"), shop))
                .containsEntry("k8s.pod.label.team", "shop")
                .containsEntry("k8s.pod.annotation.a", "1")
                .doesNotContainKey("k8s.pod.annotation.b");
    }

    @Test
    void whatIsNotKnownYetIsWaitedFor() {
        Map<String, PodFacts> known = new HashMap<>();
        PodDirectory pods = new PodDirectory() {
            @Override
            public Optional<PodFacts> find(String uid) {
                return Optional.ofNullable(known.get(uid));
            }

            @Override
            public Optional<PodFacts> ofContainer(String containerId) {
                return Optional.empty();
            }

            @Override
            public boolean isExpected() {
                return true;
            }

            @Override
            public long version() {
                return known.size();
            }

            @Override
            public void close() {}
        };
        Pods chosen =
                new Pods(FilelogSettings.ofPods(settings("labels: {include: {team: shop}}")), pods, pipeline.timer());
        Path log = Path.of("/var/log/pods/n_p_u/c/0.log");
        assertThat(chosen.choose(log)).isEqualTo(Pods.Choice.LATER);
        known.put("u", facts(Map.of("team", "shop"), Map.of()));
        assertThat(chosen.choose(log)).isEqualTo(Pods.Choice.YES);
        assertThat(chosen.resource(log)).containsEntry("k8s.node.name", "node-1");
        known.put("u", facts(Map.of(), Map.of()));
        assertThat(chosen.choose(log)).isEqualTo(Pods.Choice.NO);
    }

    @Test
    void whatPodlogsDoesItselfIsNoOperatorOfIts() {
        assertThatThrownBy(() -> settings("operators: [{type: container}]")).hasMessageContaining("podlogs does that");
        assertThatThrownBy(() -> settings("multiline: go", "operators: [{type: recombine, language: go}]"))
                .hasMessageContaining("podlogs does that");
    }

    private static PodFacts facts(Map<String, String> labels, Map<String, String> annotations) {
        return new PodFacts("n", "p", "node-1", "DaemonSet", "d", labels, annotations, Map.of());
    }

    private void write(String namespace, String pod, int lines) throws IOException {
        Path log = directory.resolve(namespace + "_" + pod + "_uid-" + namespace + pod + "/app/0.log");
        Files.createDirectories(log.getParent());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("2026-11-27T10:00:00Z stdout F ")
                    .append(pod)
                    .append(' ')
                    .append(i)
                    .append('\n');
        }
        Files.writeString(log, text);
    }

    private Settings settings(String... keys) {
        String[] all = new String[keys.length + 1];
        all[0] = "path: " + directory;
        System.arraycopy(keys, 0, all, 1, keys.length);
        return Fixtures.settingsOf("podlogs", all);
    }

    private Receiver start(String... keys) {
        Prepared<Receiver> prepared = FilelogReceiverFactory.podlogs(null).prepare(pipeline, settings(keys), null);
        prepared.commit();
        return prepared.component();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
