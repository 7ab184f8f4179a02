package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extensions of one config: kept from the one before where nothing changed, prepared anew where something did. */
final class ExtensionSet {

    private static final Logger LOG = LoggerFactory.getLogger(ExtensionSet.class);

    private final Means means;
    private final ComponentFactories factories;
    private final Map<ComponentId, ExtensionNode> before;
    private final Map<ComponentId, ExtensionNode> nodes = new LinkedHashMap<>();
    private final Map<ExtensionNode, Prepared<Extension>> prepared = new LinkedHashMap<>();
    private final Map<ComponentId, String> failures = new LinkedHashMap<>();

    ExtensionSet(Means means, ComponentFactories factories, Map<ComponentId, ExtensionNode> before) {
        this.means = means;
        this.factories = factories;
        this.before = before;
    }

    /** Prepares an extension, those that it needs first; doing so again is harmless. */
    void prepare(ComponentConfig wanted) {
        if (nodes.containsKey(wanted.id()) || failures.containsKey(wanted.id())) {
            return;
        }
        wanted.extensions().values().forEach(this::prepare);
        ExtensionNode old = before.get(wanted.id());
        if (old != null && old.config().equals(wanted)) {
            nodes.put(wanted.id(), old);
            return;
        }
        ExtensionNode node = new ExtensionNode(wanted, means, this);
        try {
            ExtensionFactory factory = factories
                    .extension(wanted.id().type())
                    .orElseThrow(() -> new ComponentFailure("this agent is built without the extension "
                            + wanted.id().type()));
            Prepared<Extension> ready = factory.prepare(node, wanted.settings(), old == null ? null : old.extension());
            node.run(ready.component());
            prepared.put(node, ready);
            nodes.put(wanted.id(), node);
        } catch (ComponentFailure e) {
            failures.put(wanted.id(), Objects.requireNonNullElse(e.getMessage(), "no reason given"));
            node.metricsScope().close();
        } catch (RuntimeException e) {
            LOG.error("extension {}: preparing it threw, which its contract forbids", wanted.id(), e);
            failures.put(wanted.id(), e.toString());
            node.metricsScope().close();
        }
    }

    /** The extension with that id as what a component needs of it. */
    <T extends Extension> T find(ComponentId id, Class<T> capability) throws ComponentFailure {
        String failure = failures.get(id);
        if (failure != null) {
            throw new ComponentFailure(ComponentKind.EXTENSION.label() + " " + id + ": " + failure);
        }
        ExtensionNode node = nodes.get(id);
        if (node == null) {
            throw new ComponentFailure(
                    "extension " + id + " is not there (expected: one that service::extensions names)");
        }
        if (!capability.isInstance(node.extension())) {
            throw new ComponentFailure(
                    "extension " + id + " cannot be used here (expected: a " + capability.getSimpleName() + ")");
        }
        return capability.cast(node.extension());
    }

    Map<ComponentId, String> failures() {
        return failures;
    }

    Map<ComponentId, ExtensionNode> nodes() {
        return nodes;
    }

    void commit() {
        prepared.forEach((node, ready) -> Assembly.commit("extension " + node.id(), ready, node.healthCell()));
    }

    void abort() {
        prepared.forEach((node, ready) -> {
            ready.abort();
            node.metricsScope().close();
        });
    }

    /** Those from before that are no longer needed, each with its successor, if it has one. */
    Map<ExtensionNode, List<ExtensionNode>> replaced() {
        Map<ExtensionNode, List<ExtensionNode>> replaced = new LinkedHashMap<>();
        before.forEach((id, node) -> {
            ExtensionNode successor = nodes.get(id);
            if (successor != node) {
                List<ExtensionNode> successors = new ArrayList<>();
                if (successor != null) {
                    successors.add(successor);
                }
                replaced.put(node, successors);
            }
        });
        return replaced;
    }
}
