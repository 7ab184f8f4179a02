package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.relabel.LabelSet;
import java.time.Duration;

/**
 * What there is to pull from, after relabelling.
 *
 * @param key equal on every replica that discovers the target
 * @param labels those that its series get, {@code job} and {@code instance} among them; none begins with {@code __}
 * @param internals those that say how to ask it: {@code __address__}, {@code __scheme__}, {@code __metrics_path__},
 *     {@code __param_*} and switches such as {@code __scrape_native_histograms__}
 * @param url where to ask, parameters included
 */
public record Target(
        TargetKey key, LabelSet labels, LabelSet internals, String url, Duration interval, Duration timeout) {

    /** Host, and port unless it is the scheme's default one. */
    public String address() {
        return internals.get(InternalLabels.ADDRESS);
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return internals.get(InternalLabels.SCHEME);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && target.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
