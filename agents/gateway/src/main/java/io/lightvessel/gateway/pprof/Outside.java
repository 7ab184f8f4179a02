package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.pipeline.ComponentFailure;
import java.util.ArrayList;
import java.util.List;

/** What a job needs of clients and discoveries. */
final class Outside {
    private Outside() {}

    static HttpOptions http(HttpClientConfig config) throws ComponentFailure {
        if (!config.equals(HttpClientConfig.DEFAULT)) {
            throw new ComponentFailure("HTTP client settings other than the defaults (expected: none yet)");
        }
        return HttpOptions.DEFAULT;
    }

    static List<NamedDiscovery> discoveries(PprofJob job) throws ComponentFailure {
        List<NamedDiscovery> all = new ArrayList<>();
        for (DiscoveryConfig config : job.discoveries()) {
            if (!(config instanceof DiscoveryConfig.Static fixed)) {
                throw new ComponentFailure(config + " (expected: static_configs, others come later)");
            }
            all.add(new NamedDiscovery(fixed.name(), new StaticDiscovery(fixed.groups())));
        }
        return all;
    }
}
