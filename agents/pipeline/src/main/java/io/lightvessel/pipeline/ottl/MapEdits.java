package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What editors do to maps. */
final class MapEdits {

    private MapEdits() {}

    static MapEdit deleteKey(String key) {
        AttributeKey wanted = new AttributeKey(key);
        return (_, map) -> map.remove(wanted);
    }

    /** Keeps entries of these keys only. */
    static MapEdit keepKeys(List<String> keys) {
        AttributeKey[] wanted = keys.stream().map(AttributeKey::new).toArray(AttributeKey[]::new);
        return (_, map) -> {
            for (int i = 0; i < map.attributes(); i++) {
                if (!map.isRemoved(i) && !isAny(map, i, wanted)) {
                    map.remove(i);
                }
            }
        };
    }

    private static boolean isAny(Message map, int attribute, AttributeKey[] keys) {
        for (AttributeKey key : keys) {
            if (map.fingerprint(attribute) == key.fingerprint() && map.keyIs(attribute, key)) {
                return true;
            }
        }
        return false;
    }

    /** Deletes or keeps entries whose key matches. */
    static MapEdit matchingKeys(TextPattern pattern, boolean keeps) {
        return (_, map) -> {
            for (int i = 0; i < map.attributes(); i++) {
                if (map.isRemoved(i)) {
                    continue;
                }
                byte[] key = map.keyText(i).getBytes(StandardCharsets.UTF_8);
                if (pattern.isFound(key, 0, key.length) != keeps) {
                    map.remove(i);
                }
            }
        };
    }

    /** Leaves so many entries: those of priority, and of the others the first ones. */
    static MapEdit limit(long limit, List<String> priority) {
        AttributeKey[] first = priority.stream().map(AttributeKey::new).toArray(AttributeKey[]::new);
        return (_, map) -> {
            int size = 0;
            int kept = 0;
            for (int i = 0; i < map.attributes(); i++) {
                size += map.isRemoved(i) ? 0 : 1;
            }
            if (size <= limit) {
                return;
            }
            for (AttributeKey key : first) {
                kept += map.find(key) >= 0 ? 1 : 0;
            }
            for (int i = 0; i < map.attributes(); i++) {
                if (!map.isRemoved(i) && !isAny(map, i, first) && ++kept > limit) {
                    map.remove(i);
                }
            }
        };
    }

    /** Cuts texts that have more bytes, if asked for before a character that would be cut in two. */
    static MapEdit truncate(int limit, boolean whole, byte[] marker) {
        return (_, map) -> {
            for (int i = 0; i < map.attributes(); i++) {
                if (map.isRemoved(i)) {
                    continue;
                }
                AnyValue value = map.value(i);
                if (value.kind() != AnyValue.Kind.STRING || value.to() - value.from() <= limit) {
                    continue;
                }
                byte[] bytes = value.bytes();
                int from = value.from();
                int to = from + limit - marker.length;
                while (whole && to > from && (bytes[to] & 0xC0) == 0x80) {
                    to--;
                }
                byte[] text = new byte[to - from + marker.length];
                System.arraycopy(bytes, from, text, 0, to - from);
                System.arraycopy(marker, 0, text, to - from, marker.length);
                put(map, i, text);
            }
        };
    }

    private static void put(Message map, int attribute, byte[] utf8) throws MalformedPayload {
        Value text = new Value();
        text.set(Value.Kind.STRING, utf8, 0, utf8.length);
        Arena arena = map.arena();
        int at = arena.size();
        text.writeTo(arena);
        map.setValue(attribute, arena.array(), at, arena.size());
    }

    /** Adds entries of another map, replaces those of the same key, or both. */
    static MapEdit merge(Getter source, String strategy) {
        boolean inserts = !strategy.equals("update");
        boolean updates = !strategy.equals("insert");
        Value other = new Value();
        return (telemetry, map) -> {
            source.get(telemetry, other);
            other.expect(Value.Kind.MAP);
            Message entries = Maps.show(new Message(), other);
            for (int i = 0; i < entries.attributes(); i++) {
                AttributeKey key = new AttributeKey(entries.keyText(i));
                if (map.find(key) >= 0 ? updates : inserts) {
                    Maps.copy(entries, i, map, key);
                }
            }
        };
    }

    /** Changes the text of values. */
    static MapEdit texts(Rewording rewording) {
        Value value = new Value();
        return (telemetry, map) -> {
            Rewording.Run run = rewording.prepare(telemetry);
            for (int i = 0; i < map.attributes(); i++) {
                if (map.isRemoved(i)) {
                    continue;
                }
                value.read(map.valueArray(i), map.valueFrom(i), map.valueTo(i));
                String text = value.kind() == Value.Kind.STRING ? run.reword(value) : null;
                if (text != null) {
                    put(map, i, text.getBytes(StandardCharsets.UTF_8));
                }
            }
        };
    }

    /** Changes keys; of several entries whose keys become the same the last one stays. */
    static MapEdit keys(Rewording rewording) {
        Value key = new Value();
        return (telemetry, map) -> {
            Rewording.Run run = rewording.prepare(telemetry);
            Map<String, Integer> renamed = new LinkedHashMap<>();
            boolean any = false;
            for (int i = 0; i < map.attributes(); i++) {
                if (map.isRemoved(i)) {
                    continue;
                }
                String text = map.keyText(i);
                key.setText(text);
                String after = run.reword(key);
                any |= after != null;
                renamed.put(after == null ? text : after, i);
            }
            if (any) {
                rename(map, renamed);
            }
        };
    }

    private static void rename(Message map, Map<String, Integer> renamed) throws MalformedPayload {
        int before = map.attributes();
        for (Map.Entry<String, Integer> entry : renamed.entrySet()) {
            int i = entry.getValue();
            map.add(new AttributeKey(entry.getKey()), map.valueArray(i), map.valueFrom(i), map.valueTo(i));
        }
        for (int i = 0; i < before; i++) {
            map.remove(i);
        }
    }
}
