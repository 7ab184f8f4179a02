package io.lightvessel.demo;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Whether there is a demo cluster, and where its telemetry goes. */
@ConfigurationProperties("lightvessel.demo")
record DemoSettings(
        @DefaultValue("false") boolean enabled,
        @Nullable String metricsUrl,
        @Nullable String tracesEndpoint,
        @Nullable String logsEndpoint,
        @Nullable String grafanaUrl) {}
