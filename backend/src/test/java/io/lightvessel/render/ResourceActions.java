package io.lightvessel.render;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.Settings;
import java.util.HashMap;
import java.util.Map;

/** What a config's resource processor sets, as an agent reads it. */
final class ResourceActions {
    private ResourceActions() {}

    static Map<String, String> of(PipelineConfig config) {
        Map<String, String> seen = new HashMap<>();
        for (Settings action : config.component(ComponentKind.PROCESSOR, ComponentId.of("resource"))
                .orElseThrow()
                .settings()
                .sections("attributes")) {
            seen.put(action.string("key"), String.valueOf(action.scalar("value")));
        }
        return seen;
    }
}
