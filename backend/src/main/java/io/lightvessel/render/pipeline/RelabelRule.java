package io.lightvessel.render.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A relabelling rule of Prometheus; what is null or empty takes Prometheus' default. */
public record RelabelRule(
        List<String> sources,
        @Nullable String regex,
        @Nullable String target,
        @Nullable String replacement,
        @Nullable String action) {

    public RelabelRule {
        sources = List.copyOf(sources);
    }

    public static RelabelRule keep(String source, String regex) {
        return new RelabelRule(List.of(source), regex, null, null, "keep");
    }

    public static RelabelRule drop(String source, String regex) {
        return new RelabelRule(List.of(source), regex, null, null, "drop");
    }

    public static RelabelRule keepEqual(String source, String target) {
        return new RelabelRule(List.of(source), null, target, null, "keepequal");
    }

    public static RelabelRule copy(String source, String target) {
        return new RelabelRule(List.of(source), null, target, null, null);
    }

    public static RelabelRule set(String target, String value) {
        return new RelabelRule(List.of(), null, target, value, null);
    }

    public static RelabelRule replace(String target, String replacement, String regex, String... sources) {
        return new RelabelRule(List.of(sources), regex, target, replacement, null);
    }
}
