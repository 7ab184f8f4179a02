package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Translates what ServiceMonitors and PodMonitors have in common. */
final class JobKeys {

    private JobKeys() {}

    static void first(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        job.put("honor_labels", endpoint.flag("honorLabels").orElse(false));
        endpoint.flag("honorTimestamps").ifPresent(flag -> job.put("honor_timestamps", flag));
        endpoint.flag("trackTimestampsStaleness").ifPresent(flag -> job.put("track_timestamps_staleness", flag));
    }

    static void discovery(
            Map<String, Object> job,
            Monitor monitor,
            Fields spec,
            MonitorOptions options,
            String role,
            List<String> selectorRoles)
            throws InvalidMonitorException {
        Map<String, Object> sd = new LinkedHashMap<>();
        sd.put("role", role);
        List<String> namespaces = namespaces(monitor, spec);
        if (!namespaces.isEmpty()) {
            sd.put("namespaces", Map.of("names", namespaces));
        }
        sd.putAll(options.discovery());
        Fields attach = spec.fields("attachMetadata");
        Map<String, Object> attached = new LinkedHashMap<>();
        attach.flag("node").ifPresent(flag -> attached.put("node", flag));
        attach.flag("namespace").ifPresent(flag -> attached.put("namespace", flag));
        if (!attached.isEmpty()) {
            sd.put("attach_metadata", attached);
        }
        if (isByRole(spec)) {
            String label = LabelSelectors.text(spec.fields("selector"));
            sd.put(
                    "selectors",
                    selectorRoles.stream()
                            .map(about -> {
                                Map<String, Object> selector = new LinkedHashMap<>();
                                selector.put("role", about);
                                selector.put("label", label);
                                return selector;
                            })
                            .toList());
        }
        job.put("kubernetes_sd_configs", List.of(sd));
    }

    private static List<String> namespaces(Monitor monitor, Fields spec) throws InvalidMonitorException {
        Fields selector = spec.fields("namespaceSelector");
        if (selector.flag("any").orElse(false)) {
            return List.of();
        }
        List<String> names = selector.texts("matchNames");
        return names.isEmpty() ? List.of(monitor.namespace()) : names;
    }

    /** Whether the API server is to select; relabel rules do otherwise. */
    static boolean isByRole(Fields spec) throws InvalidMonitorException {
        Optional<String> mechanism = spec.text("selectorMechanism");
        if (mechanism.isPresent()
                && !mechanism.get().equals("RoleSelector")
                && !mechanism.get().equals("RelabelConfig")) {
            throw spec.misfit("selectorMechanism", mechanism.get(), "RelabelConfig or RoleSelector");
        }
        return mechanism.filter("RoleSelector"::equals).isPresent();
    }

    static void scrape(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        endpoint.text("interval").ifPresent(text -> job.put("scrape_interval", text));
        endpoint.text("scrapeTimeout").ifPresent(text -> job.put("scrape_timeout", text));
        endpoint.text("path").ifPresent(text -> job.put("metrics_path", text));
        Map<String, List<?>> params = endpoint.listMap("params");
        if (!params.isEmpty()) {
            job.put("params", params);
        }
        endpoint.text("scheme").ifPresent(text -> job.put("scheme", text.toLowerCase(Locale.ROOT)));
    }

    static void limits(Map<String, Object> job, Fields spec) throws InvalidMonitorException {
        limit(job, "sample_limit", spec.whole("sampleLimit"));
        limit(job, "target_limit", spec.whole("targetLimit"));
        limit(job, "label_limit", spec.whole("labelLimit"));
        limit(job, "label_name_length_limit", spec.whole("labelNameLengthLimit"));
        limit(job, "label_value_length_limit", spec.whole("labelValueLengthLimit"));
        limit(job, "keep_dropped_targets", spec.whole("keepDroppedTargets"));
        spec.flag("scrapeNativeHistograms").ifPresent(flag -> job.put("scrape_native_histograms", flag));
        spec.flag("scrapeClassicHistograms").ifPresent(flag -> job.put("always_scrape_classic_histograms", flag));
        limit(job, "native_histogram_bucket_limit", spec.whole("nativeHistogramBucketLimit"));
        spec.quantity("nativeHistogramMinBucketFactor")
                .ifPresent(text -> job.put("native_histogram_min_bucket_factor", text));
        spec.flag("convertClassicHistogramsToNHCB")
                .ifPresent(flag -> job.put("convert_classic_histograms_to_nhcb", flag));
        List<String> protocols = spec.texts("scrapeProtocols");
        if (!protocols.isEmpty()) {
            job.put("scrape_protocols", protocols);
        }
        spec.text("fallbackScrapeProtocol").ifPresent(text -> job.put("fallback_scrape_protocol", text));
        spec.text("bodySizeLimit").ifPresent(text -> job.put("body_size_limit", text));
    }

    private static void limit(Map<String, Object> job, String key, Optional<Long> value) {
        value.ifPresent(number -> job.put(key, number));
    }
}
