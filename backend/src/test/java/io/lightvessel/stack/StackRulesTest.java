package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrorsFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackRulesTest {
    private final StackRules rules = new StackRules(FieldErrorsFixture.create());

    @Test
    void aGoodStackHasNoErrors() {
        assertThat(rules.errors(StackFixtures.demo())).isEmpty();
        assertThat(rules.errors(StackFixtures.full())).isEmpty();
    }

    @Test
    void fewerReplicasAtMostThanAtLeastIsRefused() {
        StackSpec spec = StackFixtures.demo();
        HpaPolicy policy = new HpaPolicy(true, 2, 1, 70, HpaPolicy.defaults().behavior());

        assertThat(rules.errors(spec.withGateway(spec.gateway().withScaling(policy))))
                .containsExactly(new FieldError(
                        "/gateway/scaling/maxReplicas",
                        "inconsistent",
                        "gateway.scaling.maxReplicas: 1 (expected: >= minReplicas 2)"));
    }

    @Test
    void aCpuTargetBeyondAHundredIsRefused() {
        StackSpec spec = StackFixtures.demo();
        HpaPolicy policy = new HpaPolicy(true, 2, 6, 140, HpaPolicy.defaults().behavior());

        assertThat(rules.errors(spec.withGateway(spec.gateway().withScaling(policy))))
                .containsExactly(new FieldError(
                        "/gateway/scaling/targetCpuPercent",
                        "max",
                        "gateway.scaling.targetCpuPercent: 140 (expected: 1..100)"));
    }

    @Test
    void aSecretWrittenOutIsRefusedAndNotRepeated() {
        Backends b = StackFixtures.demo().backends();
        Backends.Http metrics = new Backends.Http("http://m/write", Map.of("Authorization", "Bearer hunter2"));

        assertThat(rules.errors(StackFixtures.demo()
                        .withBackends(new Backends(metrics, b.traces(), b.logs(), null, b.grafana()))))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.pointer()).isEqualTo("/backends/destinations/metrics/headers/Authorization");
                    assertThat(e.detail())
                            .doesNotContain("hunter2")
                            .contains("expected: a reference to an environment variable");
                });
    }

    @Test
    void aStackWithoutAnyDestinationIsRefused() {
        assertThat(rules.errors(StackSpec.defaults()))
                .extracting(FieldError::detail)
                .containsExactly("backends: nothing (expected: at least one destination)");
    }

    @Test
    void policiesOfScalingAreCheckedOneByOne() {
        StackSpec spec = StackFixtures.demo();
        HpaPolicy.Rules bad = new HpaPolicy.Rules(
                0, HpaPolicy.Select.MAX, java.util.List.of(new HpaPolicy.Policy(HpaPolicy.PolicyType.PODS, 1, 9000)));
        HpaPolicy policy = new HpaPolicy(
                true,
                2,
                6,
                70,
                new HpaPolicy.Behavior(HpaPolicy.defaults().behavior().scaleUp(), bad));

        assertThat(rules.errors(spec.withGateway(spec.gateway().withScaling(policy))))
                .singleElement()
                .returns("/gateway/scaling/behavior/scaleDown/policies/0/periodSeconds", FieldError::pointer);
    }

    @Test
    void aSignalWithoutADestinationIsWarnedOf() {
        Backends b = StackFixtures.demo().backends();

        assertThat(rules.warnings(StackFixtures.demo()
                        .withBackends(new Backends(b.metrics(), null, b.logs(), null, b.grafana()))))
                .singleElement()
                .returns("backends.destinations", StackFinding::path)
                .returns(
                        "none takes traces (expected: one); until there is one, agents refuse traces",
                        StackFinding::message)
                .returns("Add a destination for traces.", StackFinding::fix);
    }
}
