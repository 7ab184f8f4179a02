package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrorsFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line is a document that is wrong in one place, and the sentence that says so. */
class WiderStackRulesTest {
    private final StackDocument documents = new StackDocument();
    private final StackRules rules = new StackRules(FieldErrorsFixture.create());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"gateway":{"receivers":{"zipkin":{"enabled":true,"port":4317}}}} | gateway.receivers.zipkin.port: 4317 (expected: another port than otlp.grpcPort)
        {"gateway":{"replicas":0}} | gateway.replicas: 0 (expected: 1..100)
        {"gateway":{"receivers":{"jaeger":{"grpcPort":70000}}}} | gateway.receivers.jaeger.grpcPort: 70000 (expected: 1..65535)
        {"gateway":{"processors":{"memoryLimiter":{"spikeLimitPercentage":80}}}} | gateway.processors.memoryLimiter.spikeLimitPercentage: 80 (expected: < limitPercentage 80)
        {"gateway":{"processors":{"attributes":[{"key":"a","action":"UPSERT"}]}}} | gateway.processors.attributes[0]: UPSERT of a with neither (expected: either a value or fromAttribute)
        {"gateway":{"processors":{"attributes":[{"key":"a","action":"HASH","value":"x"}]}}} | gateway.processors.attributes[0]: HASH of a with a value (expected: none)
        {"gateway":{"processors":{"redaction":{"blockedValues":["("]}}}} | gateway.processors.redaction.blockedValues[0]: ( (expected: a regular expression; Unclosed group)
        {"sampling":{"headPercent":101}} | sampling.headPercent: 101.0 (expected: 0..100)
        {"sampling":{"tail":{"enabled":true}}} | sampling.tail.policies: none (expected: at least one, or no trace is kept)
        {"sampling":{"tail":{"policies":[{"type":"ERRORS","name":"a"},{"type":"RATE","name":"a","spansPerSecond":1}]}}} | sampling.tail.policies[1].name: a (expected: a name that no other policy has)
        {"collector":{"podLogs":{"multiline":"CUSTOM"}}} | collector.podLogs.multilineStart: nothing (expected: the expression of a first line, for CUSTOM)
        {"collector":{"podLogs":{"multiline":"CUSTOM","multilineStart":"(?=a)b"}}} | collector.podLogs.multilineStart: (?=a)b (expected: a regular expression in RE2's syntax; invalid or unsupported Perl syntax)
        {"collector":{"podLogs":{"redaction":[{}]}}} | collector.podLogs.redaction[0]: neither preset nor pattern (expected: one of preset, pattern)
        {"collector":{"podLogs":{"redaction":[{"preset":"EMAIL","pattern":"a"}]}}} | collector.podLogs.redaction[0]: preset and pattern (expected: one of preset, pattern)
        {"collector":{"podLogs":{"redaction":[{"pattern":"(a)","replacement":"$2"}]}}} | collector.podLogs.redaction[0].replacement: $2 (expected: a group of the pattern, which has 1)
        {"collector":{"podLogs":{"redaction":[{"pattern":"(a)","replacement":"$1b"}]}}} | collector.podLogs.redaction[0].replacement: $1b (expected: at most 100 characters without backslashes and braces, a dollar sign only before the number of a group, no letter, digit or _ after that)
        {"collector":{"podLogs":{"metadata":{"labels":["a b"]}}}} | collector.podLogs.metadata.labels[0]: a b (expected: the name of a Kubernetes label or annotation, or *)
        {"collector":{"podLogs":{"includeAnnotations":{"a":"$x"}}}} | collector.podLogs.includeAnnotations[a]: $x (expected: at most 512 characters on one line, without a dollar sign)
        {"collector":{"podLogs":{"burstLinesPerPod":-1}}} | collector.podLogs.burstLinesPerPod: -1 (expected: 0..10000000)
        {"collector":{"profiles":{"sampleRate":0}}} | collector.profiles.sampleRate: 0 (expected: 1..999)
        {"backends":{"destinations":{"x":{"type":"OTLP","endpoint":"http://x"}}}} | backends.destinations[x].endpoint: http://x (expected: host:port, for GRPC)
        {"backends":{"destinations":{"x":{"type":"OTLP","protocol":"HTTP","endpoint":"x:1"}}}} | backends.destinations[x].endpoint: x:1 (expected: a URL beginning with http:// or https://, for HTTP)
        {"backends":{"destinations":{"x":{"type":"LOKI","endpoint":"http://l","tenant":"a","headers":{"x-scope-orgid":"${env:A}"}}}}} | backends.destinations[x].tenant: set, and the header X-Scope-OrgID too (expected: one of them)
        {"backends":{"destinations":{"x":{"type":"MIMIR","endpoint":"mimir"}}}} | backends.destinations[x].endpoint: mimir (expected: a URL beginning with http:// or https://)
        {"backends":{"destinations":{"x":{"type":"KAFKA","brokers":["a:1"],"signals":["PROFILES"]}}}} | backends.destinations[x].signals: PROFILES (expected: TRACES, METRICS and LOGS, all it takes)
        {"backends":{"destinations":{"x":{"type":"KAFKA","brokers":[]}}}} | backends.destinations[x].brokers: [] (expected: 1 to 32 brokers)
        {"instrumentation":{"exporterEndpoint":"alloy:4318"}} | instrumentation.exporterEndpoint: alloy:4318 (expected: a URL beginning with http:// or https://)
        """)
    void whatIsWrongIsSaidWithItsPlace(String document, String sentence) {
        StackSpec spec = documents.read(document);
        StackSpec withDestination = spec.backends().destinations().isEmpty()
                ? spec.withBackends(StackFixtures.demo().backends())
                : spec;

        assertThat(rules.errors(withDestination)).extracting(FieldError::detail).containsExactly(sentence);
    }

    @Test
    void aKeyOfDatadogWrittenOutIsRefusedAndNotRepeated() {
        StackSpec spec = documents.read("""
                {"backends":{"destinations":{"dd":{"type":"DATADOG","site":"datadoghq.eu","apiKey":"hunter2"}}}}""");

        assertThat(rules.errors(spec)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/backends/destinations/dd/apiKey");
            assertThat(error.detail()).doesNotContain("hunter2").contains("reference to an environment variable");
        });
    }

    @Test
    void whatCannotWorkTogetherIsWarnedOf() {
        StackSpec spec = documents.read("""
                {"mode": "SIDECAR",
                 "collector": {"profiles": {"enabled": true}},
                 "sampling": {"tail": {"enabled": true, "policies": [{"type": "ERRORS", "name": "e"}]}},
                 "raw": {"edge": "x: y"}}""").withBackends(StackFixtures.demo().backends());

        assertThat(rules.warnings(spec))
                .extracting(StackFinding::path)
                .containsExactly(
                        "sampling.tail.enabled",
                        "collector.profiles.enabled",
                        "collector.profiles.enabled",
                        "raw.edge");
    }
}
