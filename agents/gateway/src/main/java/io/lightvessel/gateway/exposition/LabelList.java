package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.LabelSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoded labels of one series: one without a value counts as absent, with all others of its name, as in Prometheus. */
final class LabelList {
    static final String NAME = "__name__";

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final Set<String> absent = new HashSet<>();

    void add(String name, String value) {
        if (value.isEmpty()) {
            absent.add(name);
        } else {
            names.add(name);
            values.add(value);
        }
    }

    /** A name that more than one label has, if any. */
    @Nullable
    String repeated() {
        if (absent.contains(NAME)) {
            return NAME;
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!absent.contains(name) && !seen.add(name)) {
                return name;
            }
        }
        return null;
    }

    void tell(LabelSink sink) {
        absent.forEach(sink::withoutValue);
        for (int i = 0; i < names.size(); i++) {
            if (!absent.contains(names.get(i))) {
                sink.label(names.get(i), values.get(i));
            }
        }
    }
}
