package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.LightvesselException;
import org.junit.jupiter.api.Test;

class StackDocumentTest {
    private final StackDocument documents = new StackDocument();

    @Test
    void anEmptyDocumentIsTheDefaultStack() {
        assertThat(documents.read("{}")).isEqualTo(StackSpec.defaults());
    }

    @Test
    void whatADocumentLeavesOutTakesTheDefault() {
        StackSpec spec = documents.read("""
                {"gateway": {"scaling": {"maxReplicas": 9}}, "backends": {"traces": {"endpoint": "tempo:4317"}}}""");

        assertThat(spec.gateway().scaling().maxReplicas()).isEqualTo(9);
        assertThat(spec.gateway().scaling().minReplicas()).isEqualTo(2);
        assertThat(spec.gateway().serviceName()).isEqualTo("alloy");
        assertThat(spec.backends().traces()).isEqualTo(new Backends.Grpc("tempo:4317", false));
    }

    @Test
    void writingAndReadingGivesTheSameStack() {
        assertThat(documents.read(documents.write(StackFixtures.full()))).isEqualTo(StackFixtures.full());
    }

    @Test
    void anUnknownKeyIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> documents.read("{\"gateway\": {\"scalling\": {}}}"))
                .isInstanceOfSatisfying(LightvesselException.class, e -> {
                    assertThat(e.error()).isEqualTo(StackError.STACK_MALFORMED);
                    assertThat(e.fields())
                            .singleElement()
                            .returns("/gateway/scalling", f -> f.pointer())
                            .returns(
                                    "gateway.scalling: unknown key (expected: one of batch, clustering, namespace,"
                                            + " processors, profiles, receivers, replicas, resourceAttributes, scaling,"
                                            + " scraping, serviceName)",
                                    f -> f.detail());
                });
    }

    @Test
    void aWrongTypeIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> documents.read("{\"gateway\": {\"scaling\": {\"minReplicas\": \"two\"}}}"))
                .isInstanceOfSatisfying(
                        LightvesselException.class,
                        e -> assertThat(e.fields())
                                .singleElement()
                                .returns("/gateway/scaling/minReplicas", f -> f.pointer())
                                .returns(
                                        "gateway.scaling.minReplicas: two (expected: a whole number)",
                                        f -> f.detail()));
    }

    @Test
    void textThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> documents.read("{"))
                .isInstanceOf(LightvesselException.class)
                .hasMessageContaining("Unexpected end-of-input");
    }
}
