package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.targets.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One kind of profile of one target: what is pulled on its own and owned by one replica.
 *
 * @param deltaUrl where it may tell differences itself, if that is to be looked for
 * @param labels of its series, {@code __name__} among them, in the order of their names
 */
record ProfileTarget(
        TargetKey key,
        ProfileType type,
        String url,
        Optional<String> deltaUrl,
        Duration interval,
        Duration timeout,
        SortedMap<String, String> labels) {

    private static final String PATH = "__profile_path__";
    private static final String PREFIX = "__profile_path_prefix__";
    private static final String NAME = "__name__";

    /** All that a job pulls from a target; one that names a profile by {@code __name__} is pulled for that only. */
    static List<ProfileTarget> of(PprofJob job, Target target) {
        String only = target.internals().get(NAME);
        List<ProfileTarget> all = new ArrayList<>();
        for (ProfileType type : job.types()) {
            if (only.isEmpty() || only.equals(type.config()) || only.equals(type.name())) {
                all.add(of(job, target, type));
            }
        }
        return all;
    }

    /** Why there is nothing that a job pulls from a target. */
    static String nothing(Target target) {
        String only = target.internals().get(NAME);
        return only.isEmpty()
                ? "no profile is enabled"
                : NAME + ": '" + only + "' (expected: the name of a profile that is enabled)";
    }

    private static ProfileTarget of(PprofJob job, Target target, ProfileType type) {
        SortedMap<String, String> labels = new TreeMap<>();
        LabelSet shown = target.labels();
        for (int i = 0; i < shown.size(); i++) {
            labels.put(shown.name(i), shown.value(i));
        }
        labels.put(NAME, type.name());
        if (type.isDifference()) {
            labels.put("__delta__", "false");
        }
        String path = target.internals().get(PATH);
        return new ProfileTarget(
                key(target.key(), type),
                type,
                url(job, target, path.isEmpty() ? type.path() : path, type.delta()),
                path.isEmpty() ? type.deltaPath().map(own -> url(job, target, own, false)) : Optional.empty(),
                target.interval(),
                job.timeout(target.interval()),
                Collections.unmodifiableSortedMap(labels));
    }

    /** Equal on all replicas. */
    static TargetKey key(TargetKey target, ProfileType type) {
        long hash = target.hash();
        for (byte b : type.config().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x0000_0100_0000_01B3L;
        }
        return new TargetKey(target.pool(), hash ^ hash >>> 32);
    }

    private static String url(PprofJob job, Target target, String path, boolean delta) {
        String base = target.url();
        int query = base.indexOf('?');
        String address = base.substring(0, base.indexOf('/', base.indexOf("://") + 3));
        StringBuilder url = new StringBuilder(address);
        String prefix = target.internals().get(PREFIX);
        append(url, prefix.isEmpty() ? job.pathPrefix() : prefix);
        append(url, path);
        if (query >= 0) {
            url.append(base.substring(query));
        }
        if (delta && (query < 0 || !base.substring(query).matches(".*[?&]seconds=.*"))) {
            url.append(query < 0 ? '?' : '&').append("seconds=").append(job.deltaSeconds(target.interval()));
        }
        return url.toString();
    }

    /** Between two parts there is one slash. */
    private static void append(StringBuilder url, String part) {
        String rest = part.startsWith("/") ? part.substring(1) : part;
        String without = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (!without.isEmpty()) {
            url.append('/').append(without);
        }
    }
}
