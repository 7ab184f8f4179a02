package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentCatalogTest {

    @Test
    void knowsTheComponentsOfThisVersion() {
        assertThat(ComponentCatalog.all().stream().map(schema -> schema.kind().label() + "/" + schema.type()))
                .containsExactlyInAnyOrder(
                        "receiver/otlp",
                        "receiver/ebpf",
                        "receiver/filelog",
                        "receiver/jaeger",
                        "receiver/podlogs",
                        "receiver/pprof",
                        "receiver/prometheus",
                        "receiver/zipkin",
                        "processor/attributes",
                        "processor/batch",
                        "processor/probabilistic_sampler",
                        "processor/resource",
                        "processor/memory_limiter",
                        "processor/transform",
                        "processor/filter",
                        "exporter/otlp",
                        "exporter/otlphttp",
                        "exporter/prometheusremotewrite",
                        "exporter/loki",
                        "exporter/pyroscope",
                        "exporter/debug",
                        "exporter/file",
                        "extension/health_check",
                        "extension/basicauth",
                        "extension/bearertokenauth",
                        "extension/cluster",
                        "extension/headers_setter",
                        "extension/file_storage");
    }

    @Test
    void everyDefaultFitsItsTypeAndEveryKeyIsExplained() {
        List<String> wrong = new ArrayList<>();
        ComponentCatalog.all().forEach(schema -> check(schema.type(), schema.keys(), wrong));
        assertThat(wrong).isEmpty();
    }

    private static void check(String path, ObjectSchema schema, List<String> wrong) {
        for (KeySchema key : schema.keys()) {
            String keyPath = path + "::" + key.name();
            if (!key.doc().endsWith(".")) {
                wrong.add(keyPath + " has no sentence");
            }
            switch (key.type()) {
                case ValueType.Section section -> check(keyPath, section.keys(), wrong);
                case ValueType.SectionList list -> check(keyPath, list.keys(), wrong);
                case ValueType.SectionMap map -> check(keyPath, map.keys(), wrong);
                default -> {
                    if (key.defaultValue() != null && ScalarValue.read(key.type(), key.defaultValue(), true) == null) {
                        wrong.add(keyPath + " has the default " + key.defaultValue());
                    }
                }
            }
        }
    }
}
