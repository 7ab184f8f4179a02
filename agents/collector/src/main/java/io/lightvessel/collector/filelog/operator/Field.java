package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.config.operators.FieldName;

/** Where an operator finds or puts text: the body or an attribute. */
final class Field {
    private final byte[] attribute;
    private byte[] source = {};
    private int from;
    private int length;

    private Field(byte[] attribute) {
        this.attribute = attribute;
    }

    static Field of(String text) {
        FieldName name = FieldName.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("field: '" + text + "' (expected: " + FieldName.EXPECTED + ")"));
        return switch (name) {
            case FieldName.Body() -> new Field(new byte[0]);
            case FieldName.Attribute(String key) -> new Field(key.getBytes(UTF_8));
        };
    }

    boolean isBody() {
        return attribute.length == 0;
    }

    /** Points to the field's text; false when there is none. */
    boolean find(Entry entry) {
        if (isBody()) {
            source = entry.body;
            from = entry.from;
            length = entry.length;
            return true;
        }
        int index = index(entry);
        if (index < 0 || !entry.attributes.isText(index)) {
            return false;
        }
        source = entry.attributes.content().array();
        from = entry.attributes.textFrom(index);
        length = entry.attributes.valueFrom(index) + entry.attributes.valueLength(index) - from;
        return true;
    }

    /** The attribute's place, or -1. */
    int index(Entry entry) {
        return entry.attributes.find(attribute, 0, attribute.length);
    }

    void put(Entry entry, byte[] bytes, int start, int size) {
        if (isBody()) {
            entry.body(bytes, start, size);
        } else {
            entry.attributes.putText(attribute, bytes, start, size);
        }
    }

    byte[] source() {
        return source;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(source, from, length, UTF_8);
    }
}
