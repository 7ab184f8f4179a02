package io.lightvessel.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
    // The cases of the Collector's own normalize_name_test.go, and some of ours.
    @ParameterizedTest
    @CsvSource({
        "active directory.ds.replication.network.io, By, COUNTER, active_directory_ds_replication_network_io_bytes_total",
        "system.filesystem.usage, By, OTHER, system_filesystem_usage_bytes",
        "system.io, foo/bar, OTHER, system_io_foo_per_bar",
        "hertz, Hz, GAUGE, hertz",
        "broken.metric.speed.km, km/h, GAUGE, broken_metric_speed_km_per_hour",
        "system.cpu.utilization, 1, GAUGE, system_cpu_utilization_ratio",
        "system.network.dropped, {packets}, COUNTER, system_network_dropped_total",
        "system.network.dropped.total, {packets}, COUNTER, system_network_dropped_total",
        "envoy__rule_engine_zlib_buf!, '', OTHER, envoy_rule_engine_zlib_buf",
        "http.server.request.duration, s, OTHER, http_server_request_duration_seconds",
        "http.server.request.duration.seconds, s, OTHER, http_server_request_duration_seconds",
        "jvm.memory.used, By, OTHER, jvm_memory_used_bytes",
        "1st.metric, '', OTHER, _1st_metric",
        "cpu.load, '%', GAUGE, cpu_load_percent",
        "rate, '{req}/s', GAUGE, rate_per_second",
        "ns:rule, '', OTHER, ns:rule",
        "größe, m, OTHER, gr_e_meters"
    })
    void namesFollowTheCompatibilityRules(String name, String unit, MetricNames.Kind kind, String expected) {
        assertThat(text(new MetricNames("", new Naming(true, true)).name(name, unit, kind)))
                .isEqualTo(expected);
    }

    @Test
    void withoutSuffixesNamesAreOnlyCleaned() {
        MetricNames names = new MetricNames("", new Naming(true, false));
        assertThat(text(names.name("jvm.memory-used", "By", MetricNames.Kind.COUNTER)))
                .isEqualTo("jvm_memory_used");
        assertThat(text(names.name("größe", "", MetricNames.Kind.OTHER))).isEqualTo("gr__e");
        assertThat(text(names.name("2x", "", MetricNames.Kind.OTHER))).isEqualTo("_2x");
    }

    @Test
    void theNamespaceComesFirst() {
        MetricNames names = new MetricNames("shop", new Naming(true, true));
        assertThat(text(names.name("orders", "", MetricNames.Kind.COUNTER))).isEqualTo("shop_orders_total");
        assertThat(text(names.own("target_info"))).isEqualTo("shop_target_info");
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }
}
