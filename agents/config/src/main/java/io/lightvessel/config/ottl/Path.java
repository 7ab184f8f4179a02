package io.lightvessel.config.ottl;

import java.util.List;

/** A field, or what a map or list in it has at the keys. */
public record Path(Field field, List<Key> keys) {

    public Path {
        keys = List.copyOf(keys);
    }

    public Type type() {
        return keys.isEmpty() ? field.type() : Type.ANY;
    }

    /** The path as it is written with its context. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(field.owner().label() + "." + field.name());
        for (Key key : keys) {
            text.append(
                    switch (key) {
                        case Key.Name name -> "[\"" + name.name() + "\"]";
                        case Key.Index index -> "[" + index.index() + "]";
                    });
        }
        return text.toString();
    }
}
