package io.lightvessel.gateway.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names metrics as the OpenTelemetry specification's Prometheus compatibility page and the Collector do. */
final class MetricNames {
    /** What decides about suffixes besides the unit. */
    enum Kind {
        GAUGE,
        COUNTER,
        OTHER
    }

    private static final int MOST_REMEMBERED = 10_000;

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));
    private static final Map<String, String> PER_UNITS =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    private record Key(String name, String unit, Kind kind) {}

    private final String namespace;
    private final Naming naming;
    private final Map<Key, byte[]> known = new HashMap<>();
    private final Map<String, byte[]> knownUnits = new HashMap<>();

    MetricNames(String namespace, Naming naming) {
        this.namespace = namespace;
        this.naming = naming;
    }

    /** The name in UTF-8; empty when nothing is left of it. */
    byte[] name(String name, String unit, Kind kind) {
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Key(name, unit, kind), key -> compose(key).getBytes(StandardCharsets.UTF_8));
    }

    /** A unit in words, as metadata has it. */
    byte[] unit(String unit) {
        if (knownUnits.size() >= MOST_REMEMBERED) {
            knownUnits.clear();
        }
        return knownUnits.computeIfAbsent(unit, key -> {
            String[] parts = key.split("/", 2);
            String main = word(parts[0], UNITS);
            String per = parts.length == 2 ? word(parts[1], PER_UNITS) : "";
            String words = per.isEmpty() ? main : main.isEmpty() ? "per_" + per : main + "_per_" + per;
            return words.getBytes(StandardCharsets.UTF_8);
        });
    }

    /** A name of our own, {@code target_info}, under the configured namespace. */
    byte[] own(String name) {
        return (namespace.isEmpty() ? name : sanitized(namespace) + "_" + name).getBytes(StandardCharsets.UTF_8);
    }

    private String compose(Key key) {
        if (!naming.escapes()) {
            String whole = naming.suffixes() ? appended(key) : key.name();
            return namespace.isEmpty() || whole.isEmpty() ? whole : namespace + "_" + whole;
        }
        String composed = naming.suffixes() ? withSuffixes(key) : sanitized(key.name());
        if (!namespace.isEmpty() && !composed.isEmpty()) {
            composed = sanitized(namespace) + "_" + composed;
        }
        return !composed.isEmpty() && isDigit(composed.charAt(0)) ? "_" + composed : composed;
    }

    /** For names that stay as they are, whatever characters they have. */
    private String appended(Key key) {
        String name = key.name();
        if (name.isEmpty()) {
            return name;
        }
        String unit = new String(unit(key.unit()), StandardCharsets.UTF_8);
        if (key.kind() == Kind.COUNTER && name.endsWith("_total")) {
            name = name.substring(0, name.length() - "_total".length());
        }
        if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
            name += "_" + unit;
        }
        return switch (key.kind()) {
            case COUNTER -> name + "_total";
            case GAUGE -> key.unit().equals("1") && !name.endsWith("_ratio") ? name + "_ratio" : name;
            case OTHER -> name;
        };
    }

    private static String withSuffixes(Key key) {
        List<String> tokens = tokens(key.name());
        String[] unit = key.unit().split("/", 2);
        String main = word(unit[0], UNITS);
        if (!main.isEmpty() && !tokens.contains(main)) {
            tokens.add(main);
        }
        if (unit.length == 2) {
            String per = word(unit[1], PER_UNITS);
            if (!per.isEmpty() && !tokens.contains(per)) {
                tokens.add("per");
                tokens.add(per);
            }
        }
        if (key.kind() == Kind.COUNTER) {
            tokens.removeIf("total"::equals);
            tokens.add("total");
        } else if (key.kind() == Kind.GAUGE && key.unit().equals("1")) {
            tokens.removeIf("ratio"::equals);
            tokens.add("ratio");
        }
        return String.join("_", tokens);
    }

    /** Annotations in braces say what is counted, not in what unit. */
    private static String word(String unit, Map<String, String> words) {
        String trimmed = unit.trim();
        if (trimmed.indexOf('{') >= 0 || trimmed.indexOf('}') >= 0) {
            return "";
        }
        return String.join("_", tokens(words.getOrDefault(trimmed, trimmed)));
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean legal = i < text.length() && isLegal(text.charAt(i));
            if (legal && start < 0) {
                start = i;
            } else if (!legal && start >= 0) {
                tokens.add(text.substring(start, i));
                start = -1;
            }
        }
        return tokens;
    }

    private static String sanitized(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> text.append(c < 128 && (isLegal((char) c) || c == '_') ? (char) c : '_'));
        return text.toString();
    }

    private static boolean isLegal(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == ':';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
