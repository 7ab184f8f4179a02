package io.lightvessel.collector.filelog;

import io.lightvessel.collector.kubernetes.ApiAccess;
import io.lightvessel.collector.kubernetes.PodFacts;
import io.lightvessel.config.Settings;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a podlogs receiver was told about pods: which, what is added to their lines, and how many lines they may write. */
record PodOptions(
        List<PathMatcher> namespaces,
        List<PathMatcher> otherNamespaces,
        Pairs labels,
        Pairs annotations,
        ApiAccess api,
        List<String> labelAttributes,
        List<String> annotationAttributes,
        long linesPerSecond,
        long burst) {
    private static final String ALL = "*";

    /** What is wanted of labels or annotations. */
    record Pairs(Map<String, String> include, Map<String, String> exclude) {
        static Pairs of(Settings settings) {
            return new Pairs(settings.stringMap("include"), settings.stringMap("exclude"));
        }

        boolean isEmpty() {
            return include.isEmpty() && exclude.isEmpty();
        }

        boolean admits(Map<String, String> pairs) {
            return pairs.entrySet().containsAll(include.entrySet())
                    && exclude.entrySet().stream().noneMatch(pairs.entrySet()::contains);
        }
    }

    static PodOptions of(Settings settings) {
        Settings namespaces = settings.section("namespaces");
        Settings metadata = settings.section("metadata");
        Settings limit = settings.section("rate_limit");
        return new PodOptions(
                globs(namespaces, "include"),
                globs(namespaces, "exclude"),
                Pairs.of(settings.section("labels")),
                Pairs.of(settings.section("annotations")),
                ApiAccess.of(metadata),
                texts(metadata, "labels"),
                texts(metadata, "annotations"),
                limit.integer("lines_per_second"),
                limit.integer("burst"));
    }

    private static List<PathMatcher> globs(Settings settings, String key) {
        return texts(settings, key).stream()
                .map(text -> FileSystems.getDefault().getPathMatcher("glob:" + text))
                .toList();
    }

    private static List<String> texts(Settings settings, String key) {
        return settings.has(key) ? settings.strings(key) : List.of();
    }

    boolean admitsNamespace(String namespace) {
        Path name = Path.of(namespace);
        return (namespaces.isEmpty() || namespaces.stream().anyMatch(glob -> glob.matches(name)))
                && otherNamespaces.stream().noneMatch(glob -> glob.matches(name));
    }

    /** Whether a pod cannot be chosen without what the API server knows. */
    boolean choosesByFacts() {
        return !labels.isEmpty() || !annotations.isEmpty();
    }

    boolean admits(PodFacts facts) {
        return labels.admits(facts.labels()) && annotations.admits(facts.annotations());
    }

    /** What is added to the lines of a pod's container, beyond what the path says. */
    Map<String, String> attributes(PodPath pod, @Nullable PodFacts facts) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (facts != null) {
            attributes.putAll(facts.attributes());
            add("k8s.pod.label.", labelAttributes, facts.labels(), attributes);
            add("k8s.pod.annotation.", annotationAttributes, facts.annotations(), attributes);
        }
        Optional<String> said = facts == null ? Optional.empty() : facts.serviceName();
        attributes.put("service.name", said.orElse(pod.container()));
        return attributes;
    }

    private static void add(String prefix, List<String> wanted, Map<String, String> from, Map<String, String> to) {
        from.forEach((name, value) -> {
            if (wanted.contains(ALL) || wanted.contains(name)) {
                to.put(prefix + name, value);
            }
        });
    }
}
