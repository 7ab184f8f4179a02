package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExtensionsTest {

    private static final String CONFIG = """
            receivers: { otlp: { protocols: { grpc: } } }
            exporters:
              otlp/a: { endpoint: "a:4317", auth: { authenticator: bearertokenauth } }
              otlp/b: { endpoint: "b:4317" }
            extensions: { bearertokenauth: { token: one } }
            service:
              extensions: [bearertokenauth]
              pipelines:
                logs/a: { receivers: [otlp], exporters: [otlp/a] }
                logs/b: { receivers: [otlp], exporters: [otlp/b] }
            """;

    private final TestComponents components = new TestComponents();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private @Nullable String broken;
    private final EngineTimer timer = new EngineTimer();
    private final GraphEngine engine = new GraphEngine(
            new EngineOptions(64 << 20, Duration.ofMillis(300), "0.1.0", "test"),
            new ComponentFactories(
                    components.factories().receivers(),
                    BuiltInProcessors.all(),
                    List.of(new AuthenticatedExporters()),
                    List.of(new Tokens())),
            timer,
            timer::close);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aComponentGetsTheExtensionItNames() {
        apply(CONFIG);
        assertThat(events).containsSubsequence("start one", "exporter otlp/a uses one", "exporter otlp/b uses nothing");
    }

    @Test
    void onlyComponentsThatNameAnExtensionRestartWithIt() {
        apply(CONFIG);
        events.clear();
        apply(CONFIG.replace("token: one", "token: two"));
        engine.close();
        assertThat(events)
                .containsSubsequence("start two after one", "exporter otlp/a uses two", "stop one")
                .doesNotContain("exporter otlp/b uses nothing");
    }

    @Test
    void anExtensionThatStaysIsNotTouched() {
        apply(CONFIG);
        events.clear();
        apply(CONFIG.replace("b:4317", "c:4317"));
        assertThat(events).containsExactly("exporter otlp/b uses nothing");
    }

    @Test
    void aBrokenExtensionBreaksOnlyThePipelinesThatNeedIt() {
        broken = "tokens.txt: no such file";
        ApplyOutcome outcome = engine.apply(Configs.parse(CONFIG));
        assertThat(outcome)
                .isEqualTo(new ApplyOutcome.Applied(List.of(new ApplyOutcome.BrokenPipeline(
                        "logs/a", "exporter/otlp/a", "extension bearertokenauth: tokens.txt: no such file"))));
        assertThat(engine.health().children().get("pipeline:logs/b").healthy()).isTrue();
        assertThat(engine.health().children().get("pipeline:logs/a").lastError())
                .isEqualTo("exporter/otlp/a: extension bearertokenauth: tokens.txt: no such file");
    }

    @Test
    void aReloadWithABrokenExtensionLeavesTheOldOneRunning() {
        apply(CONFIG);
        events.clear();
        broken = "tokens.txt: no such file";
        assertThat(engine.apply(Configs.parse(CONFIG.replace("token: one", "token: two"))))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("extension/bearertokenauth: tokens.txt: no such file"));
        assertThat(events).isEmpty();
        assertThat(engine.health().children().get("pipeline:logs/a").healthy()).isTrue();
    }

    @Test
    void whatTheExtensionCannotDoIsSaid() {
        ExtensionSet none = new ExtensionSet(null, null, Map.of());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> none.find(ComponentId.of("basicauth"), ClientAuthenticator.class)))
                .isInstanceOf(ComponentFailure.class)
                .hasMessage("extension basicauth is not there (expected: one that service::extensions names)");
    }

    private void apply(String config) {
        assertThat(engine.apply(Configs.parse(config))).isEqualTo(new ApplyOutcome.Applied(List.of()));
    }

    private final class Tokens implements ExtensionFactory {

        @Override
        public String type() {
            return "bearertokenauth";
        }

        @Override
        public Prepared<Extension> prepare(ExtensionContext context, Settings settings, Extension previous)
                throws ComponentFailure {
            if (broken != null) {
                throw new ComponentFailure(broken);
            }
            Token token = new Token(settings.string("token"));
            events.add("start " + token.text + (previous == null ? "" : " after " + ((Token) previous).text));
            return Prepared.ready(token);
        }
    }

    private final class Token implements ClientAuthenticator {

        private final String text;

        Token(String text) {
            this.text = text;
        }

        @Override
        public void authenticate(Metadata metadata, Map<String, String> headers) {
            headers.put("authorization", text);
        }

        @Override
        public void stop(Duration grace) {
            events.add("stop " + text);
        }
    }

    private final class AuthenticatedExporters implements ExporterFactory {

        @Override
        public String type() {
            return "otlp";
        }

        @Override
        public Prepared<Exporter> prepare(ExporterContext context, Settings settings, Exporter previous)
                throws ComponentFailure {
            String uses = "nothing";
            if (settings.has("auth")) {
                ComponentId id = ComponentId.parse(settings.section("auth").string("authenticator"));
                Map<String, String> headers = new java.util.HashMap<>();
                context.extension(id, ClientAuthenticator.class).authenticate(Metadata.EMPTY, headers);
                uses = headers.get("authorization");
            }
            events.add("exporter " + context.id() + " uses " + uses);
            return Prepared.ready(new Exporter() {
                @Override
                public void export(Payload payload, Delivery delivery) {
                    payload.release();
                    delivery.delivered();
                }

                @Override
                public String endpoint() {
                    return "nowhere";
                }

                @Override
                public void stop(Duration grace) {
                    // Nothing runs.
                }
            });
        }
    }
}
