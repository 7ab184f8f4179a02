package io.lightvessel.pipeline.attributes;

import com.google.re2j.Pattern;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of actions, compiled: every key they name has a slot, so that one pass over a message's attributes finds them
 * all, however many actions there are. Immutable; {@link AttributeEditor} carries it out.
 */
public final class AttributePlan {

    private static final String METADATA = "metadata.";

    private final List<AttributeKey> keys = new ArrayList<>();
    private final List<AttributeAction> actions = new ArrayList<>();
    private final int[] table;
    private final boolean usesClient;

    private AttributePlan(List<Settings> settings) {
        boolean client = false;
        for (Settings action : settings) {
            AttributeAction compiled = compile(action);
            actions.add(compiled);
            client |= compiled instanceof AttributeAction.Set set
                    && set.source() instanceof AttributeAction.Source.Header;
        }
        usesClient = client;
        table = new int[Integer.highestOneBit(Math.max(2, keys.size())) * 8];
        Arrays.fill(table, -1);
        for (int slot = 0; slot < keys.size(); slot++) {
            int at = place(keys.get(slot).fingerprint());
            while (table[at] >= 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = slot;
        }
    }

    /** The plan for settings of {@code actions}, which have been checked. */
    public static AttributePlan of(List<Settings> actions) {
        return new AttributePlan(actions);
    }

    /** Whether what it does depends on who sent the telemetry. */
    public boolean usesClient() {
        return usesClient;
    }

    AttributeAction[] actions() {
        return actions.toArray(new AttributeAction[0]);
    }

    AttributeKey[] keys() {
        return keys.toArray(new AttributeKey[0]);
    }

    /** Slots by where their keys' fingerprints say; -1 where there is none, and the next ones where it is taken. */
    int[] table() {
        return table.clone();
    }

    private int place(long fingerprint) {
        return place(fingerprint, table.length);
    }

    static int place(long fingerprint, int size) {
        return (int) (fingerprint >>> 40) & size - 1;
    }

    private int slot(String key) {
        AttributeKey wanted = new AttributeKey(key);
        int at = keys.indexOf(wanted);
        if (at >= 0) {
            return at;
        }
        keys.add(wanted);
        return keys.size() - 1;
    }

    private AttributeAction compile(Settings action) {
        int slot = action.has("key") && !action.string("key").isEmpty() ? slot(action.string("key")) : -1;
        return switch (action.string("action").toLowerCase(Locale.ROOT)) {
            case "insert" -> set(slot, AttributeAction.When.MISSING, action);
            case "update" -> set(slot, AttributeAction.When.PRESENT, action);
            case "upsert" -> set(slot, AttributeAction.When.ALWAYS, action);
            case "delete" -> new AttributeAction.Delete(slot, keyPattern(action));
            case "hash" -> new AttributeAction.Hash(slot, keyPattern(action));
            case "extract" -> {
                Pattern pattern = Pattern.compile(action.string("pattern"));
                Map<Integer, String> names = new TreeMap<>();
                pattern.namedGroups().forEach((name, group) -> names.put(group, name));
                yield new AttributeAction.Extract(
                        slot, pattern, names.values().stream().map(this::slot).toList());
            }
            case "convert" ->
                new AttributeAction.Convert(
                        slot,
                        AttributeAction.Type.valueOf(
                                action.string("converted_type").toUpperCase(Locale.ROOT)));
            default ->
                throw new IllegalArgumentException("action: '" + action.string("action")
                        + "' (expected: one of insert, update, upsert, delete, hash, extract, convert)");
        };
    }

    private AttributeAction set(int slot, AttributeAction.When when, Settings action) {
        byte[] fallback = action.has("default_value") ? AnyValues.encoded(action.scalar("default_value")) : null;
        return new AttributeAction.Set(slot, when, source(action), fallback);
    }

    private AttributeAction.Source source(Settings action) {
        if (action.has("value")) {
            return new AttributeAction.Source.Constant(AnyValues.encoded(action.scalar("value")));
        }
        if (action.has("from_attribute")) {
            return new AttributeAction.Source.Attribute(slot(action.string("from_attribute")));
        }
        if (!action.has("from_context")) {
            return new AttributeAction.Source.Nothing();
        }
        String name = action.string("from_context");
        if (name.equals("client.address") || name.startsWith("auth.")) {
            return new AttributeAction.Source.Nothing();
        }
        return new AttributeAction.Source.Header(name.startsWith(METADATA) ? name.substring(METADATA.length()) : name);
    }

    private static @Nullable TextPattern keyPattern(Settings action) {
        return action.has("pattern") ? new TextPattern(List.of(Pattern.compile(action.string("pattern")))) : null;
    }
}
