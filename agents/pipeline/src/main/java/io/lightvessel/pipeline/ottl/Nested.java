package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Key;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.util.List;

/** Finds and replaces what lies below a value at keys of maps and indices of lists. */
final class Nested {

    private static final byte[] NOTHING = {};

    private final Key[] keys;
    private final AttributeKey[] names;
    private final Message[] maps;

    Nested(List<Key> keys) {
        this.keys = keys.toArray(new Key[0]);
        this.names = new AttributeKey[this.keys.length];
        this.maps = new Message[this.keys.length];
        for (int i = 0; i < this.keys.length; i++) {
            names[i] = new AttributeKey(this.keys[i] instanceof Key.Name name ? name.name() : "");
            maps[i] = new Message();
        }
    }

    boolean isEmpty() {
        return keys.length == 0;
    }

    /** Goes down from a value; nil where a map has no such key. */
    void descend(Value value) throws StatementFailure, MalformedPayload {
        for (int i = 0; i < keys.length; i++) {
            switch (keys[i]) {
                case Key.Name _
                when value.kind() == Value.Kind.MAP -> {
                    Message map = Maps.show(maps[i], value);
                    int entry = map.find(names[i]);
                    if (entry < 0) {
                        value.setNil();
                        return;
                    }
                    value.read(map.valueArray(entry), map.valueFrom(entry), map.valueTo(entry));
                }
                case Key.Index index
                when value.kind() == Value.Kind.LIST -> {
                    Elements elements = new Elements(value);
                    for (int skipped = 0; skipped <= index.index(); skipped++) {
                        if (!elements.next()) {
                            throw outOfBounds(index, skipped);
                        }
                    }
                    value.read(value.bytes(), elements.from(), elements.to());
                }
                case Key.Name _, Key.Index _ -> throw misfit(keys[i], value);
            }
        }
    }

    private static StatementFailure outOfBounds(Key.Index index, int size) {
        return new StatementFailure("index " + index.index() + " of a list of " + size, "an index in the list");
    }

    private static StatementFailure misfit(Key key, Value value) {
        return switch (key) {
            case Key.Name name ->
                new StatementFailure(
                        "key \"" + name.name() + "\" of " + value.kind().phrase(), "a map");
            case Key.Index index ->
                new StatementFailure(
                        "index " + index.index() + " of " + value.kind().phrase(), "a list");
        };
    }

    /** Makes the value one that has another at the keys; where nothing was, maps and lists come into being. */
    void replace(Value whole, Value replacement) throws StatementFailure, MalformedPayload {
        replace(0, whole, replacement);
    }

    private void replace(int depth, Value whole, Value replacement) throws StatementFailure, MalformedPayload {
        if (depth == keys.length) {
            whole.set(replacement);
            return;
        }
        switch (keys[depth]) {
            case Key.Name _
            when whole.kind() == Value.Kind.MAP || whole.kind() == Value.Kind.NIL ->
                replaceEntry(depth, whole, replacement);
            case Key.Index index
            when whole.kind() == Value.Kind.LIST || whole.kind() == Value.Kind.NIL ->
                replaceElement(depth, index, whole, replacement);
            case Key.Name _, Key.Index _ -> throw misfit(keys[depth], whole);
        }
    }

    private void replaceEntry(int depth, Value whole, Value replacement) throws StatementFailure, MalformedPayload {
        if (whole.kind() == Value.Kind.NIL) {
            whole.set(Value.Kind.MAP, NOTHING, 0, 0);
        }
        Message map = Maps.show(maps[depth], whole);
        Value inner = new Value();
        int entry = map.find(names[depth]);
        if (entry >= 0) {
            inner.read(map.valueArray(entry), map.valueFrom(entry), map.valueTo(entry));
        }
        replace(depth + 1, inner, replacement);
        Maps.put(map, names[depth], inner);
        Arena content = new Arena();
        map.writeTo(content);
        whole.set(Value.Kind.MAP, content.array(), 0, content.size());
    }

    private void replaceElement(int depth, Key.Index index, Value whole, Value replacement)
            throws StatementFailure, MalformedPayload {
        Arena content = new Arena();
        Value inner = new Value();
        if (whole.kind() == Value.Kind.NIL) {
            for (int i = 0; i < index.index(); i++) {
                Elements.write(content, new Value());
            }
            replace(depth + 1, inner, replacement);
            Elements.write(content, inner);
        } else {
            Elements elements = new Elements(whole);
            int size = 0;
            for (; elements.next(); size++) {
                if (size == index.index()) {
                    inner.read(whole.bytes(), elements.from(), elements.to());
                    replace(depth + 1, inner, replacement);
                    Elements.write(content, inner);
                } else {
                    elements.copyTo(content);
                }
            }
            if (index.index() >= size) {
                throw outOfBounds(index, size);
            }
        }
        whole.set(Value.Kind.LIST, content.array(), 0, content.size());
    }
}
