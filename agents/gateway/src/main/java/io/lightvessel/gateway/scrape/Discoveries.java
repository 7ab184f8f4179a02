package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.pipeline.ComponentFailure;
import java.util.ArrayList;
import java.util.List;

/** Makes a job's discoveries. */
final class Discoveries {
    private Discoveries() {}

    static List<NamedDiscovery> of(List<DiscoveryConfig> configs) throws ComponentFailure {
        List<NamedDiscovery> all = new ArrayList<>();
        for (DiscoveryConfig config : configs) {
            all.add(new NamedDiscovery(
                    config.name(),
                    switch (config) {
                        case DiscoveryConfig.Static statics -> new StaticDiscovery(statics.groups());
                        case DiscoveryConfig.File _,
                                DiscoveryConfig.Http _,
                                DiscoveryConfig.Dns _,
                                DiscoveryConfig.Kubernetes _ ->
                            throw new ComponentFailure(
                                    config.name() + " is not supported yet (expected: static_configs)");
                    }));
        }
        return all;
    }
}
