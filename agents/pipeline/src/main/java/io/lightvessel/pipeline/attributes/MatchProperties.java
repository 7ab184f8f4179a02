package io.lightvessel.pipeline.attributes;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Level;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code include} and {@code exclude} demand: all properties that are set have to match. Each level's part can be
 * asked by itself, so that a resource is looked at once and not for each of its records.
 */
final class MatchProperties {

    private static final AttributeKey SERVICE_NAME = new AttributeKey("service.name");
    private static final byte[] NO_SERVICE_NAME = "<nil-service-name>".getBytes(StandardCharsets.UTF_8);
    private static final int SPAN_NAME = 5;
    private static final int SPAN_KIND = 6;
    private static final int SEVERITY_NUMBER = 2;
    private static final int SEVERITY_TEXT = 3;
    private static final int BODY = 5;
    private static final int METRIC_NAME = 1;
    private static final byte[] NOTHING = {};

    /** Which properties a signal's records have; the Collector refuses the others, too. */
    private static final Map<Signal, Set<String>> PROPERTIES = Map.of(
            Signal.TRACES,
            Set.of("services", "span_names", "span_kinds", "attributes", "resources", "libraries"),
            Signal.LOGS,
            Set.of("log_bodies", "log_severity_texts", "log_severity_number", "attributes", "resources", "libraries"),
            Signal.METRICS,
            Set.of("metric_names", "resources"));

    private record Library(TextMatch name, @Nullable TextMatch version) {}

    private final @Nullable TextMatch services;
    private final List<AttributeMatch> resources;
    private final List<Library> libraries;
    private final @Nullable TextMatch metricNames;
    private final @Nullable TextMatch spanNames;
    private final @Nullable TextMatch spanKinds;
    private final @Nullable TextMatch bodies;
    private final @Nullable TextMatch severityTexts;
    private final @Nullable Settings severity;
    private final List<AttributeMatch> attributes;
    private final AnyValue body = new AnyValue();

    private MatchProperties(Settings settings) {
        boolean regexp = settings.string("match_type").equals("regexp");
        services = texts(regexp, settings, "services");
        resources = attributes(regexp, settings, "resources");
        libraries = new ArrayList<>();
        for (Settings library : settings.sections("libraries")) {
            libraries.add(new Library(
                    TextMatch.of(regexp, List.of(library.string("name"))),
                    library.has("version") ? TextMatch.of(regexp, List.of(library.string("version"))) : null));
        }
        metricNames = texts(regexp, settings, "metric_names");
        spanNames = texts(regexp, settings, "span_names");
        spanKinds = texts(regexp, settings, "span_kinds");
        bodies = texts(regexp, settings, "log_bodies");
        severityTexts = texts(regexp, settings, "log_severity_texts");
        severity = settings.optionalSection("log_severity_number").orElse(null);
        attributes = attributes(regexp, settings, "attributes");
    }

    /** @param key {@code include} or {@code exclude}; null when the settings have none */
    static @Nullable MatchProperties of(Signal signal, Settings settings, String key) throws ComponentFailure {
        if (!settings.has(key)) {
            return null;
        }
        Settings section = settings.section(key);
        Set<String> known = PROPERTIES.getOrDefault(signal, Set.of());
        boolean any = false;
        for (Set<String> names : PROPERTIES.values()) {
            for (String name : names) {
                if (!isSet(section, name)) {
                    continue;
                }
                if (!known.contains(name)) {
                    throw new ComponentFailure(
                            key + "::" + name + ": not a property of " + signal.label() + " (expected: "
                                    + String.join(", ", known.stream().sorted().toList()) + ")");
                }
                any = true;
            }
        }
        if (!any) {
            throw new ComponentFailure(key + ": nothing to match " + signal.label() + " by (expected: at least one of "
                    + String.join(", ", known.stream().sorted().toList()) + ")");
        }
        return new MatchProperties(section);
    }

    private static boolean isSet(Settings section, String name) {
        return section.has(name) && !section.isEmptyList(name);
    }

    private static @Nullable TextMatch texts(boolean regexp, Settings settings, String key) {
        List<String> texts = settings.strings(key);
        return texts.isEmpty() ? null : TextMatch.of(regexp, texts);
    }

    private static List<AttributeMatch> attributes(boolean regexp, Settings settings, String key) {
        return settings.sections(key).stream()
                .map(attribute -> AttributeMatch.of(regexp, attribute))
                .toList();
    }

    /** The levels above records that have to be seen to decide. */
    Set<Level> levels() {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        if (services != null || !resources.isEmpty()) {
            levels.add(Level.RESOURCE);
        }
        if (!libraries.isEmpty()) {
            levels.add(Level.SCOPE);
        }
        if (metricNames != null) {
            levels.add(Level.METRIC);
        }
        return levels;
    }

    boolean matchesResource(Message resource) throws MalformedPayload {
        return (services == null || services.matches(serviceName(resource))) && matchAll(resources, resource);
    }

    private static String serviceName(Message resource) throws MalformedPayload {
        int attribute = resource.find(SERVICE_NAME);
        return attribute < 0
                ? new String(NO_SERVICE_NAME, StandardCharsets.UTF_8)
                : ValueText.of(resource.value(attribute));
    }

    /** One of the libraries is enough, as the Collector's documentation says. */
    boolean matchesScope(Message scope) throws MalformedPayload {
        if (libraries.isEmpty()) {
            return true;
        }
        String name = scope.text(1);
        String version = scope.text(2);
        for (Library library : libraries) {
            if (library.name.matches(name) && (library.version == null || library.version.matches(version))) {
                return true;
            }
        }
        return false;
    }

    boolean matchesMetric(Message metric) throws MalformedPayload {
        return metricNames == null || matches(metricNames, metric, METRIC_NAME);
    }

    /** What is left to be asked when resource, scope and metric match. */
    boolean matchesRecord(Message item) throws MalformedPayload {
        if (spanNames != null && !matches(spanNames, item, SPAN_NAME)) {
            return false;
        }
        if (spanKinds != null && !spanKinds.matches(kind(item.varint(SPAN_KIND)))) {
            return false;
        }
        if (bodies != null && !bodyMatches(bodies, item)) {
            return false;
        }
        if (severityTexts != null && !matches(severityTexts, item, SEVERITY_TEXT)) {
            return false;
        }
        if (severity != null && !severityMatches(severity, item.varint(SEVERITY_NUMBER))) {
            return false;
        }
        return matchAll(attributes, item);
    }

    private static boolean matchAll(List<AttributeMatch> all, Message message) throws MalformedPayload {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).matches(message)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(TextMatch match, Message message, int number) throws MalformedPayload {
        int field = message.fieldOfType(number, io.lightvessel.pipeline.WireReader.LENGTH_DELIMITED);
        return field < 0
                ? match.matches(NOTHING, 0, 0)
                : match.matches(message.fieldArray(field), message.fieldFrom(field), message.fieldTo(field));
    }

    private boolean bodyMatches(TextMatch match, Message item) throws MalformedPayload {
        int field = item.message(BODY);
        if (field < 0) {
            return match.matches(NOTHING, 0, 0);
        }
        body.read(item.fieldArray(field), item.fieldFrom(field), item.fieldTo(field));
        return body.kind() == AnyValue.Kind.STRING
                ? match.matches(body.bytes(), body.from(), body.to())
                : match.matches(ValueText.of(body));
    }

    private static boolean severityMatches(Settings severity, long number) {
        return number == 0 ? severity.flag("match_undefined") : number >= severity.integer("min");
    }

    private static String kind(long kind) {
        return switch ((int) kind) {
            case 0 -> "SPAN_KIND_UNSPECIFIED";
            case 1 -> "SPAN_KIND_INTERNAL";
            case 2 -> "SPAN_KIND_SERVER";
            case 3 -> "SPAN_KIND_CLIENT";
            case 4 -> "SPAN_KIND_PRODUCER";
            case 5 -> "SPAN_KIND_CONSUMER";
            default -> "";
        };
    }
}
