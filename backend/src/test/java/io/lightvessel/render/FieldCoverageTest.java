package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.Instrumentation;
import io.lightvessel.stack.LineRedaction;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nothing of a stack is left out silently: whichever field is changed, a target's files or findings change, or a finding
 * names the field, or the field is known to be none of the target's business.
 */
class FieldCoverageTest {
    private static final ClusterFacts FACTS = new ClusterFacts("prod-eu", "production");

    /** What configs of programs have nothing to do with, and whose it is. */
    private static final Map<String, String> NOT_IN_CONFIGS = Map.of(
            "apiVersion", "the form of the document",
            "mode", "which roles run, not what they do",
            "gateway.replicas", "the Deployment",
            "gateway.scaling", "the HPA",
            "backends.grafana", "links and Grafana's own settings",
            "backends.destinations.vendor.insecure", "over HTTP the address says it",
            "instrumentation", "the operator's Instrumentation",
            "sampling.headPercent", "the SDKs, by the operator's Instrumentation");

    private static final List<Enum<?>> WORDS = Stream.of(
                    DeploymentMode.values(),
                    HpaPolicy.PolicyType.values(),
                    HpaPolicy.Select.values(),
                    Scraping.Preset.values(),
                    Processors.Action.values(),
                    PodLogs.Multiline.values(),
                    PodLogs.Parsing.values(),
                    LineRedaction.Known.values(),
                    Signal.values(),
                    Destination.Otlp.Protocol.values(),
                    Destination.Kafka.Encoding.values(),
                    Instrumentation.Language.values(),
                    Instrumentation.Propagator.values())
            .<Enum<?>>flatMap(Stream::of)
            .toList();

    private final StackDocument documents = new StackDocument();
    private final StackRenderer renderer = new StackRenderer();

    @ParameterizedTest
    @EnumSource(names = {"AGENT", "OTELCOL", "ALLOY"})
    void everyFieldIsRenderedOrFoundOrNoneOfTheTargetsBusiness(RenderTarget target) {
        StackSpec base = RenderFixtures.wide();
        List<Rendering> before = render(base, target);
        List<String> silent = new ArrayList<>();
        List<String> leaves = new ArrayList<>();
        leaves(documents.tree(base), "", leaves);
        for (String leaf : leaves) {
            StackSpec changed = changed(base, leaf);
            if (changed != null
                    && render(changed, target).equals(before)
                    && !isFound(before, leaf)
                    && !isNotInConfigs(leaf)) {
                silent.add(leaf);
            }
        }
        assertThat(leaves).hasSizeGreaterThan(100);
        assertThat(silent).as("%s says nothing of", target).isEmpty();
    }

    private List<Rendering> render(StackSpec spec, RenderTarget target) {
        return Stream.of(AgentRole.values())
                .map(role -> renderer.render(spec, FACTS, target, role))
                .toList();
    }

    private static boolean isFound(List<Rendering> renderings, String leaf) {
        return renderings.stream()
                .flatMap(rendering -> rendering.findings().stream())
                .anyMatch(finding -> isAt(leaf, finding.path()));
    }

    private static boolean isNotInConfigs(String leaf) {
        return NOT_IN_CONFIGS.keySet().stream().anyMatch(path -> isAt(leaf, path));
    }

    private static boolean isAt(String leaf, String path) {
        return leaf.equals(path) || leaf.startsWith(path + ".");
    }

    private static void leaves(JsonNode node, String path, List<String> found) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(entry -> leaves(entry.getValue(), below(path, entry.getKey()), found));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    leaves(array.get(i), below(path, Integer.toString(i)), found);
                }
            }
            default -> {
                // The kind of an alternative is no field that could have another value and the same fields.
                if (!path.endsWith(".type") || path.contains("policies")) {
                    found.add(path);
                }
            }
        }
    }

    private static String below(String path, String key) {
        // Dots of a key would be taken for steps; attributes are looked at as a whole by their values.
        return path.isEmpty() ? key : path + "." + key.replace('.', '~');
    }

    /** The stack with another value at the leaf; null when there is no other. */
    private @Nullable StackSpec changed(StackSpec base, String leaf) {
        List<Object> candidates = new ArrayList<>(List.of(true, false, "x9", 7));
        candidates.addAll(WORDS.stream().map(Enum::name).toList());
        for (Object candidate : candidates) {
            JsonNode tree = documents.tree(base);
            if (!put(tree, leaf, candidate)) {
                continue;
            }
            try {
                StackSpec changed = documents.read(tree.toString());
                if (!changed.equals(base)) {
                    return changed;
                }
            } catch (LightvesselException e) {
                // Not a value of this field's type; the next one may be.
                continue;
            }
        }
        return null;
    }

    private static boolean put(JsonNode tree, String leaf, Object value) {
        List<String> steps = List.of(leaf.split("[.]"));
        JsonNode at = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at instanceof ArrayNode array ? array.get(Integer.parseInt(step)) : at.get(step.replace('~', '.'));
        }
        String last = steps.getLast().replace('~', '.');
        JsonNode old = at instanceof ArrayNode array ? array.get(Integer.parseInt(last)) : at.get(last);
        Object fitting = switch (value) {
            case Boolean flag when old.isBoolean() -> flag;
            case Integer number when old.isNumber() -> old.doubleValue() == number ? number + 1 : number;
            case String word when old.isString() -> word.equals("x9") ? old.stringValue() + "9" : word;
            default -> null;
        };
        if (fitting == null) {
            return false;
        }
        if (at instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), node(tree, fitting));
        } else {
            ((ObjectNode) at).set(last, node(tree, fitting));
        }
        return true;
    }

    private static JsonNode node(JsonNode tree, Object value) {
        ObjectNode factory = ((ObjectNode) tree).objectNode();
        return switch (value) {
            case Boolean flag -> factory.booleanNode(flag);
            case Integer number -> factory.numberNode(number);
            default -> factory.stringNode(value.toString());
        };
    }
}
