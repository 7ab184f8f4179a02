package io.lightvessel.pipeline.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RandomWire;
import io.lightvessel.pipeline.rewrite.NaiveRewriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random {@code include} and {@code exclude} on random requests: edited is what a decoding matcher picks. */
class MatchDifferentialTest {

    private static final int ROUNDS = Integer.getInteger("lightvessel.rounds", 300);
    private static final List<Map<String, Object>> ACTIONS =
            List.of(Map.of("key", "seen", "value", 1, "action", "insert"));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void editsWhatADecodingMatcherPicks(Signal signal) throws Exception {
        NaiveAttributes naive = new NaiveAttributes(ACTIONS);
        int edited = 0;
        int left = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 47L + signal.ordinal());
            NaiveMatch include = random.nextInt(3) > 0 ? properties(signal, random) : null;
            NaiveMatch exclude = random.nextInt(3) > 0 ? properties(signal, random) : null;
            RandomWire wire = new RandomWire(seed, seed % 5 == 0);
            // Random wire has any shape, the fixtures have services' names.
            byte[] bytes = seed % 2 == 0
                    ? wire.request(signal)
                    : Fixtures.randomRequest(signal, random).toByteArray();
            Message request = RandomWire.parse(signal, bytes);
            Message expected = NaiveRewriter.rewrite(signal, request, (resource, scope, metric, item) -> {
                boolean picked = (include == null || include.matches(resource, scope, metric, item))
                        && (exclude == null || !exclude.matches(resource, scope, metric, item));
                return picked ? naive.edit(item) : item;
            });

            ProcessorHarness harness = new ProcessorHarness(
                    signal,
                    "attributes",
                    "{ %s%sactions: [{ key: seen, value: 1, action: insert }] }"
                            .formatted(clause("include", include), clause("exclude", exclude)));
            Payload payload = Payload.walk(signal, wire.buffer(bytes));
            harness.send(payload);
            Message actual = RandomWire.parse(signal, Fixtures.copy(harness.passedOn.getFirst()));
            assertThat(actual)
                    .as("seed %d: include %s, exclude %s", seed, include, exclude)
                    .isEqualTo(expected);
            harness.releaseAll();
            edited += expected.equals(request) ? 0 : 1;
            left += expected.equals(request) ? 1 : 0;
        }
        assertThat(edited).as("requests that were edited").isGreaterThan(ROUNDS / 10);
        assertThat(left).as("requests that were left").isGreaterThan(ROUNDS / 10);
    }

    private static String clause(String key, NaiveMatch match) {
        if (match == null) {
            return "";
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("match_type", match.regexp() ? "regexp" : "strict");
        all.putAll(match.properties());
        return key + ": " + yaml(all) + ", ";
    }

    private static String yaml(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                map.forEach((key, inner) -> entries.add(key + ": " + yaml(inner)));
                yield "{ " + String.join(", ", entries) + " }";
            }
            case List<?> list ->
                list.stream().map(MatchDifferentialTest::yaml).toList().toString();
            case String text -> "'" + text.replace("$", "$$") + "'";
            default -> value.toString();
        };
    }

    private static NaiveMatch properties(Signal signal, Random random) {
        boolean regexp = random.nextBoolean();
        List<String> names = switch (signal) {
            case TRACES -> List.of("services", "span_names", "span_kinds", "attributes", "resources", "libraries");
            case LOGS ->
                List.of(
                        "log_bodies",
                        "log_severity_texts",
                        "log_severity_number",
                        "attributes",
                        "resources",
                        "libraries");
            case METRICS -> List.of("metric_names", "resources");
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String name = names.get(random.nextInt(names.size()));
            properties.put(name, property(name, regexp, random));
        }
        return new NaiveMatch(regexp, properties);
    }

    private static Object property(String name, boolean regexp, Random random) {
        return switch (name) {
            case "services" -> texts(regexp, random, "service-0", "service-1", "service-2", "<nil-service-name>");
            case "resources", "attributes" -> attributes(regexp, random);
            case "libraries" -> List.of(library(regexp, random), library(regexp, random));
            case "span_kinds" -> List.of(pick(random, "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_INTERNAL"));
            case "log_bodies" -> texts(regexp, random, "string_value-0", "string_value-1", "");
            case "log_severity_number" ->
                Map.of("min", 1 + random.nextInt(20), "match_undefined", random.nextBoolean());
            case "log_severity_texts" -> texts(regexp, random, "severity_text-0", "severity_text-1", "");
            default -> texts(regexp, random, "name-0", "name-1", "name-2");
        };
    }

    private static List<String> texts(boolean regexp, Random random, String... choices) {
        return List.of(text(regexp, random, choices), text(regexp, random, choices));
    }

    private static String text(boolean regexp, Random random, String... choices) {
        return regexp ? pick(random, "-[01]$", "^s", "e-1", "long", "^[0-9]+$", "^$", "[ü<]") : pick(random, choices);
    }

    private static Map<String, Object> library(boolean regexp, Random random) {
        Map<String, Object> library = new LinkedHashMap<>();
        library.put("name", text(regexp, random, "name-0", "name-1", "name-2", "scope-0", "scope-1"));
        if (random.nextInt(3) == 0) {
            library.put("version", text(regexp, random, "version-0", "version-1", ""));
        }
        return library;
    }

    private static List<Map<String, Object>> attributes(boolean regexp, Random random) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 1 + random.nextInt(5) / 4; i > 0; i--) {
            Map<String, Object> attribute = new LinkedHashMap<>();
            attribute.put("key", "key-" + random.nextInt(6));
            if (random.nextBoolean()) {
                Object strict = switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(9);
                    case 1 -> random.nextBoolean();
                    default -> pick(random, "string_value-0", "string_value-1", "string_value-2", "");
                };
                attribute.put(
                        "value", regexp ? pick(random, "-[01]$", "^s", "^[0-9.-]+$", "true", "^$", "long") : strict);
            }
            all.add(attribute);
        }
        return all;
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
