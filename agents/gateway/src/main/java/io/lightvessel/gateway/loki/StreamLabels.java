package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the labels of a record's stream: the default ones, those that the config names, those that hints name, in
 * this order until there are as many as a stream may have. What a resource contributes is put together once.
 */
final class StreamLabels {
    private static final byte[] SERVICE_NAME = bytes("service.name");
    private static final byte[] SERVICE_NAMESPACE = bytes("service.namespace");
    private static final byte[] SERVICE_INSTANCE = bytes("service.instance.id");
    private static final byte[] LEVEL = bytes("level");

    private final LokiOptions options;
    private final Symbols symbols;
    private final LabelSet labels;
    /** The keys that a hint's text names; emptied with the symbols. */
    private final Map<Integer, List<byte[]>> parsed = new HashMap<>();

    private int resourceMark;
    private int resourceTenant;
    private int tenant;
    private boolean resourceTouched;

    StreamLabels(LokiOptions options, Symbols symbols) {
        this.options = options;
        this.symbols = symbols;
        this.labels = new LabelSet(symbols, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void beginPayload() {
        parsed.clear();
    }

    /** The tenant of the record whose labels were asked for last; 0 when nothing says. */
    int tenant() {
        return tenant;
    }

    void beginResource(Attributes resource, ProtoReader values) throws MalformedPayload {
        labels.reset(0);
        if (options.exporterLabel()) {
            labels.add(bytes("exporter"), bytes("OTLP"), LabelSet.EXTERNAL);
        }
        if (options.jobLabel()) {
            labels.add(symbols.intern(bytes("job")), job(resource, values), LabelSet.EXTERNAL);
        }
        int instance = resource.find(values, SERVICE_INSTANCE);
        if (options.instanceLabel() && instance >= 0) {
            labels.add(symbols.intern(bytes("instance")), resource.value(values, instance), LabelSet.EXTERNAL);
        }
        promote(options.resourceLabels(), resource, values, LabelSet.RESOURCE);
        promote(keys(resource.hint(Attributes.RESOURCE_LABELS)), resource, values, LabelSet.RESOURCE);
        resourceTenant = tenant(resource, values);
        resourceMark = labels.mark();
        resourceTouched = false;
    }

    private int job(Attributes resource, ProtoReader values) throws MalformedPayload {
        int service = resource.find(values, SERVICE_NAME);
        if (service < 0) {
            return 0;
        }
        int name = resource.value(values, service);
        int namespace = resource.find(values, SERVICE_NAMESPACE);
        if (namespace < 0 || name == 0) {
            return name;
        }
        int prefix = resource.value(values, namespace);
        ProtoWriter text = symbols.text();
        int from = text.size();
        text.raw(symbols.array(), symbols.start(prefix), symbols.length(prefix));
        if (prefix != 0) {
            text.raw((byte) '/');
        }
        text.raw(symbols.array(), symbols.start(name), symbols.length(name));
        return symbols.intern(from);
    }

    /** The labels of a record; {@link #endRecord} has to follow. */
    LabelSet of(LogFields log, Attributes resource, ProtoReader values) throws MalformedPayload {
        labels.reset(resourceMark);
        Attributes own = log.attributes;
        level(log, values);
        int hint = own.hint(Attributes.RESOURCE_LABELS);
        if (hint != 0) {
            resource.settle();
            resourceTouched = true;
            promote(keys(hint), resource, values, LabelSet.RESOURCE);
        }
        promote(options.attributeLabels(), own, values, LabelSet.POINT);
        promote(keys(own.hint(Attributes.ATTRIBUTE_LABELS)), own, values, LabelSet.POINT);
        promote(keys(resource.hint(Attributes.ATTRIBUTE_LABELS)), own, values, LabelSet.POINT);
        tenant = resourceTenant != 0 ? resourceTenant : tenant(own, values);
        return labels;
    }

    /** A resource attribute that one record's hint made a label is none for the next. */
    void endRecord(Attributes resource) {
        if (resourceTouched) {
            resource.restore();
            resourceTouched = false;
        }
    }

    private void level(LogFields log, ProtoReader values) throws MalformedPayload {
        if (!options.levelLabel()) {
            return;
        }
        int given = log.attributes.find(values, LEVEL);
        if (given >= 0) {
            log.attributes.promote(values, given, labels, LabelSet.POINT);
        } else if (log.level().length > 0) {
            labels.add(LEVEL, log.level(), LabelSet.EXTERNAL);
        }
    }

    private void promote(List<byte[]> keys, Attributes attributes, ProtoReader values, int as) throws MalformedPayload {
        for (int i = 0; i < keys.size() && labels.mark() < options.maxLabels(); i++) {
            int at = attributes.find(values, keys.get(i));
            if (at >= 0) {
                attributes.promote(values, at, labels, as);
            }
        }
    }

    private int tenant(Attributes attributes, ProtoReader values) throws MalformedPayload {
        List<byte[]> keys = keys(attributes.hint(Attributes.TENANT));
        int at = keys.isEmpty() ? -1 : attributes.find(values, keys.getFirst());
        return at < 0 ? 0 : attributes.value(values, at);
    }

    /** Names between commas; a list in its JSON form will do too. */
    private List<byte[]> keys(int hint) {
        if (hint == 0) {
            return List.of();
        }
        return parsed.computeIfAbsent(hint, symbol -> {
            String text =
                    new String(symbols.array(), symbols.start(symbol), symbols.length(symbol), StandardCharsets.UTF_8);
            return LokiOptions.keys(List.of(text.replaceAll("[\\[\\]\"]", "").split(",")));
        });
    }
}
