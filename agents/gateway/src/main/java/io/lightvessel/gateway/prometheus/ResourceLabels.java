package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.labels.AttributeSpan;
import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource contributes: {@code job} and {@code instance} to every series, the rest to {@code target_info}. */
final class ResourceLabels {
    private static final int RESOURCE = 1 << 3 | ProtoWriter.LEN;
    private static final int ATTRIBUTE = 1 << 3 | ProtoWriter.LEN;
    static final byte[] NAME = bytes("__name__");
    private static final byte[] JOB = bytes("job");
    private static final byte[] INSTANCE = bytes("instance");
    private static final byte[] SERVICE_NAME = bytes("service.name");
    private static final byte[] SERVICE_NAMESPACE = bytes("service.namespace");
    private static final byte[] SERVICE_INSTANCE = bytes("service.instance.id");
    private static final byte[] HELP = bytes("Target metadata");

    private record Fixed(byte[] name, byte[] value) {}

    private final boolean attributesAsLabels;
    private final boolean identityAsLabels;
    private final LabelSet labels;
    private final Symbols symbols;
    private final List<Fixed> external = new ArrayList<>();
    private final AttributeSpan attribute = new AttributeSpan();
    private final ProtoWriter service = new ProtoWriter(64);
    private final ProtoWriter namespace = new ProtoWriter(64);
    private final ProtoWriter instance = new ProtoWriter(64);
    private final ProtoWriter job = new ProtoWriter(128);
    private boolean more;

    ResourceLabels(PrwOptions options, LabelSet labels, Symbols symbols) {
        this.attributesAsLabels = options.resourceAttributes();
        this.identityAsLabels = !options.withoutServiceAttributes();
        this.labels = labels;
        this.symbols = symbols;
        options.externalLabels().forEach((name, value) -> external.add(new Fixed(bytes(name), bytes(value))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void begin() {
        service.clear();
        namespace.clear();
        instance.clear();
        more = false;
        addExternal();
    }

    private void addExternal() {
        for (Fixed label : external) {
            labels.add(label.name(), label.value(), LabelSet.EXTERNAL);
        }
    }

    /** Reads the Resource that the reader has entered. */
    void read(ProtoReader reader) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == ATTRIBUTE) {
                attribute.enter(reader);
                attribute(reader);
                attribute.leave(reader);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void attribute(ProtoReader reader) throws MalformedPayload {
        ProtoWriter identity = identity(reader);
        if (identity != null) {
            identity.clear();
            attribute.toValue(reader);
            AttributeText.append(reader, identity);
        } else {
            more = true;
        }
        if (attributesAsLabels && (identity == null || identityAsLabels)) {
            attribute.addTo(labels, reader, LabelSet.RESOURCE);
        }
    }

    private @Nullable ProtoWriter identity(ProtoReader reader) {
        if (attribute.hasKey(reader.bytes(), SERVICE_NAME)) {
            return service;
        }
        if (attribute.hasKey(reader.bytes(), SERVICE_NAMESPACE)) {
            return namespace;
        }
        return attribute.hasKey(reader.bytes(), SERVICE_INSTANCE) ? instance : null;
    }

    /** Adds {@code job} and {@code instance} once the resource has been read. */
    void identify() {
        if (service.size() > 0) {
            job.clear();
            if (namespace.size() > 0) {
                job.raw(namespace.array(), 0, namespace.size());
                job.raw((byte) '/');
            }
            job.raw(service.array(), 0, service.size());
            add(JOB, job);
        }
        add(INSTANCE, instance);
    }

    private void add(byte[] name, ProtoWriter value) {
        labels.add(symbols.intern(name), symbols.intern(value.array(), 0, value.size()), LabelSet.IDENTITY);
    }

    /** Adds the series that carries the resource's other attributes, when there are any and someone to join it to. */
    void addTargetInfo(ProtoReader reader, int start, int end, byte[] name, SeriesTable table, long timeMillis)
            throws MalformedPayload {
        if (!more || service.size() == 0 && instance.size() == 0) {
            return;
        }
        labels.reset(0);
        addExternal();
        identify();
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != RESOURCE) {
                reader.skipField(tag);
                continue;
            }
            int outer = reader.enter();
            for (int field = reader.tag(); field != 0; field = reader.tag()) {
                if (field == ATTRIBUTE) {
                    attribute.enter(reader);
                    if (identity(reader) == null) {
                        attribute.addTo(labels, reader, LabelSet.POINT);
                    }
                    attribute.leave(reader);
                } else {
                    reader.skipField(field);
                }
            }
            reader.leave(outer);
        }
        int symbol = symbols.intern(name);
        labels.add(symbols.intern(NAME), symbol, LabelSet.OWN);
        int family = table.families().add(symbol, Families.GAUGE, symbols.intern(HELP), 0);
        table.add(labels, family, timeMillis, 0, Double.doubleToRawLongBits(1));
    }
}
