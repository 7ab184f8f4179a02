package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Otlp;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies changes to one resource message and keeps all else in it, known or not, as it was. */
final class ResourceEdit {

    private final List<AttributeChange> changes;

    ResourceEdit(List<AttributeChange> changes) {
        this.changes = List.copyOf(changes);
    }

    /**
     * An attribute, taken apart as far as changing its value needs.
     *
     * @param untouched the whole message as it came; null once it was changed
     */
    private record Attribute(String key, byte[] value, byte[] unknownFields, byte @Nullable [] untouched) {

        Attribute with(byte[] changed) {
            return new Attribute(key, changed, unknownFields, null);
        }
    }

    /** The changed message, of its own memory. */
    byte[] apply(ByteBuf bytes, int from, int to) throws MalformedPayload {
        List<Attribute> attributes = new ArrayList<>();
        ByteBuf others = Unpooled.buffer();
        WireReader resource = new WireReader(bytes, from, to);
        while (resource.hasMore()) {
            int at = resource.position();
            int tag = resource.readTag();
            if (tag == Otlp.RESOURCE_ATTRIBUTES) {
                int outer = resource.enter();
                attributes.add(read(resource, bytes));
                resource.leave(outer);
            } else {
                resource.skip(tag);
                others.writeBytes(bytes, at, resource.position() - at);
            }
        }
        changes.forEach(change -> change(attributes, change));
        return encode(attributes, others);
    }

    private static Attribute read(WireReader reader, ByteBuf bytes) throws MalformedPayload {
        String key = "";
        ByteBuf value = Unpooled.buffer(0);
        ByteBuf unknown = Unpooled.buffer(0);
        ByteBuf whole = bytes.slice(reader.position(), reader.limit() - reader.position());
        while (reader.hasMore()) {
            int at = reader.position();
            int tag = reader.readTag();
            switch (tag) {
                case Otlp.ATTRIBUTE_KEY -> key = reader.readText();
                case Otlp.ATTRIBUTE_VALUE -> {
                    int length = reader.readLength();
                    // A message field that is there twice means both, merged; concatenation is how bytes merge.
                    value.writeBytes(bytes, reader.position(), length);
                    reader.skipBytes(length);
                }
                default -> {
                    reader.skip(tag);
                    unknown.writeBytes(bytes, at, reader.position() - at);
                }
            }
        }
        return new Attribute(key, bytesOf(value), bytesOf(unknown), bytesOf(whole));
    }

    private static void change(List<Attribute> attributes, AttributeChange change) {
        int at = indexOf(attributes, change.key());
        switch (change.action()) {
            case DELETE -> attributes.removeIf(attribute -> attribute.key().equals(change.key()));
            case INSERT -> {
                if (at < 0) {
                    add(attributes, change);
                }
            }
            case UPDATE -> {
                if (at >= 0) {
                    set(attributes, at, change);
                }
            }
            case UPSERT -> {
                if (at >= 0) {
                    set(attributes, at, change);
                } else {
                    add(attributes, change);
                }
            }
        }
    }

    private static void add(List<Attribute> attributes, AttributeChange change) {
        byte[] value = valueFor(attributes, change);
        if (value != null) {
            attributes.add(new Attribute(change.key(), value, new byte[0], null));
        }
    }

    private static void set(List<Attribute> attributes, int at, AttributeChange change) {
        byte[] value = valueFor(attributes, change);
        if (value != null) {
            attributes.set(at, attributes.get(at).with(value));
        }
    }

    /** Null when the attribute to copy from is not there, in which case nothing changes. */
    private static byte @Nullable [] valueFor(List<Attribute> attributes, AttributeChange change) {
        if (change.from() == null) {
            return change.value();
        }
        int source = indexOf(attributes, change.from());
        return source < 0 ? null : attributes.get(source).value();
    }

    private static int indexOf(List<Attribute> attributes, String key) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] encode(List<Attribute> attributes, ByteBuf others) {
        ByteBuf out = Unpooled.buffer();
        for (Attribute attribute : attributes) {
            byte[] message = attribute.untouched() == null ? encode(attribute) : attribute.untouched();
            WireWriter.writeFieldHeader(out, Otlp.RESOURCE_ATTRIBUTES, message.length);
            out.writeBytes(message);
        }
        out.writeBytes(others);
        return bytesOf(out);
    }

    private static byte[] encode(Attribute attribute) {
        ByteBuf out = Unpooled.buffer();
        byte[] key = attribute.key().getBytes(StandardCharsets.UTF_8);
        WireWriter.writeFieldHeader(out, Otlp.ATTRIBUTE_KEY, key.length);
        out.writeBytes(key);
        WireWriter.writeFieldHeader(out, Otlp.ATTRIBUTE_VALUE, attribute.value().length);
        out.writeBytes(attribute.value());
        out.writeBytes(attribute.unknownFields());
        return bytesOf(out);
    }

    private static byte[] bytesOf(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
