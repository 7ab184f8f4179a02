package io.lightvessel.fleet;

import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.EffectiveConfig;
import java.util.Map;
import java.util.TreeMap;

/** Reads the text of an effective config, of one file or several. */
final class EffectiveConfigs {
    private EffectiveConfigs() {}

    static String text(EffectiveConfig wire, int limit) {
        Map<String, AgentConfigObject> files = new TreeMap<>(wire.getConfigMap().getConfigMapMap());
        if (files.size() == 1) {
            return Texts.bounded(files.values().iterator().next().getBody(), limit);
        }
        StringBuilder text = new StringBuilder();
        files.forEach((name, file) -> {
            if (text.length() < limit) {
                text.append("# ").append(name.isEmpty() ? "(main)" : name).append('\n');
                text.append(Texts.bounded(file.getBody(), limit)).append('\n');
            }
        });
        return Texts.bounded(text.toString(), limit);
    }
}
