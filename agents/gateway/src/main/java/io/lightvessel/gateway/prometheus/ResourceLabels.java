package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.lightvessel.pipeline.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource contributes: {@code job} and {@code instance} to every series, the rest to {@code target_info}. */
final class ResourceLabels {
    private static final int RESOURCE = 1 << 3 | ProtoWriter.LEN;
    private static final int ATTRIBUTE = 1 << 3 | ProtoWriter.LEN;
    private static final int KEY = 1 << 3 | ProtoWriter.LEN;
    private static final int VALUE = 2 << 3 | ProtoWriter.LEN;
    static final byte[] NAME = bytes("__name__");
    private static final byte[] JOB = bytes("job");
    private static final byte[] INSTANCE = bytes("instance");
    private static final byte[] SERVICE_NAME = bytes("service.name");
    private static final byte[] SERVICE_NAMESPACE = bytes("service.namespace");
    private static final byte[] SERVICE_INSTANCE = bytes("service.instance.id");

    private record Fixed(byte[] name, byte[] value) {}

    private final boolean attributesAsLabels;
    private final LabelSet labels;
    private final List<Fixed> external = new ArrayList<>();
    private final ProtoWriter service = new ProtoWriter(64);
    private final ProtoWriter namespace = new ProtoWriter(64);
    private final ProtoWriter instance = new ProtoWriter(64);
    private final ProtoWriter job = new ProtoWriter(128);
    private boolean more;

    ResourceLabels(PrwOptions options, LabelSet labels) {
        this.attributesAsLabels = options.resourceAttributes();
        this.labels = labels;
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
        for (Fixed label : external) {
            labels.add(label.name(), label.value(), LabelSet.EXTERNAL);
        }
    }

    /** Reads the Resource that the reader has entered. */
    void read(ProtoReader reader) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == ATTRIBUTE) {
                int outer = reader.enter();
                attribute(reader, attributesAsLabels);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void attribute(ProtoReader reader, boolean asLabel) throws MalformedPayload {
        int keyStart = 0;
        int keyLength = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == KEY) {
                keyLength = reader.length();
                keyStart = reader.position();
                reader.skip(keyLength);
            } else if (tag == VALUE) {
                int outer = reader.enter();
                int start = reader.position();
                ProtoWriter identity = identity(reader, keyStart, keyLength);
                if (identity != null) {
                    identity.clear();
                    AttributeText.append(reader, identity);
                } else {
                    more = true;
                }
                if (asLabel) {
                    reader.leave(outer);
                    int end = reader.position();
                    reader.reset(start, end);
                    int at = labels.beginAttribute(reader.bytes(), keyStart, keyLength, LabelSet.RESOURCE);
                    AttributeText.append(reader, labels.text());
                    labels.end(at);
                }
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private @Nullable ProtoWriter identity(ProtoReader reader, int start, int length) {
        if (is(reader, start, length, SERVICE_NAME)) {
            return service;
        }
        if (is(reader, start, length, SERVICE_NAMESPACE)) {
            return namespace;
        }
        return is(reader, start, length, SERVICE_INSTANCE) ? instance : null;
    }

    private static boolean is(ProtoReader reader, int start, int length, byte[] key) {
        if (length != key.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (reader.bytes().getByte(start + i) != key[i]) {
                return false;
            }
        }
        return true;
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
            labels.add(JOB, job.array(), 0, job.size(), LabelSet.IDENTITY);
        }
        labels.add(INSTANCE, instance.array(), 0, instance.size(), LabelSet.IDENTITY);
    }

    /** Adds the series that carries the resource's other attributes, when there are any and someone to join it to. */
    void addTargetInfo(ProtoReader reader, int start, int end, byte[] name, SeriesTable table, long timeMillis)
            throws MalformedPayload {
        if (!more || service.size() == 0 && instance.size() == 0) {
            return;
        }
        labels.clear();
        for (Fixed label : external) {
            labels.add(label.name(), label.value(), LabelSet.EXTERNAL);
        }
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
                    int resource = reader.enter();
                    info(reader);
                    reader.leave(resource);
                } else {
                    reader.skipField(field);
                }
            }
            reader.leave(outer);
        }
        labels.add(NAME, name, LabelSet.OWN);
        table.add(labels, timeMillis, Double.doubleToRawLongBits(1));
    }

    private void info(ProtoReader reader) throws MalformedPayload {
        int keyStart = 0;
        int keyLength = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == KEY) {
                keyLength = reader.length();
                keyStart = reader.position();
                reader.skip(keyLength);
            } else if (tag == VALUE && identity(reader, keyStart, keyLength) == null) {
                int outer = reader.enter();
                int at = labels.beginAttribute(reader.bytes(), keyStart, keyLength, LabelSet.POINT);
                AttributeText.append(reader, labels.text());
                labels.end(at);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
    }
}
