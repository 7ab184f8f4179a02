package io.lightvessel.pipeline.attributes;

import com.google.re2j.Matcher;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out a plan on one message after the other. Used by one thread at a time. */
public final class AttributeEditor {

    private static final int NONE = -1;

    private final AttributeAction[] actions;
    private final AttributeKey[] keys;
    private final int[] table;
    private final int[] attributeOf;
    private final boolean[] repeated;
    private final byte[] @Nullable [] headerValues;
    private final ValueHash hash = new ValueHash();

    public AttributeEditor(AttributePlan plan) {
        this.actions = plan.actions();
        this.keys = plan.keys();
        this.table = plan.table();
        this.attributeOf = new int[keys.length];
        this.repeated = new boolean[keys.length];
        this.headerValues = new byte[actions.length][];
    }

    /** Tells what the client of the messages to come sent along. */
    public void client(Metadata metadata) {
        for (int i = 0; i < actions.length; i++) {
            if (actions[i] instanceof AttributeAction.Set set
                    && set.source() instanceof AttributeAction.Source.Header header) {
                List<String> values = metadata.all(header.name());
                headerValues[i] = values.isEmpty() ? null : AnyValues.encoded(String.join(";", values));
            }
        }
    }

    /** Edits the attributes of a message. */
    public void edit(Message message) throws MalformedPayload {
        locate(message);
        for (int i = 0; i < actions.length; i++) {
            switch (actions[i]) {
                case AttributeAction.Set set -> set(message, set, i);
                case AttributeAction.Delete delete -> delete(message, delete);
                case AttributeAction.Hash hashing -> hash(message, hashing);
                case AttributeAction.Extract extract -> extract(message, extract);
                case AttributeAction.Convert convert -> {
                    int attribute = attributeOf[convert.slot()];
                    if (attribute != NONE) {
                        Conversion.convert(message, attribute, convert.type());
                    }
                }
            }
        }
    }

    private void locate(Message message) throws MalformedPayload {
        Arrays.fill(attributeOf, NONE);
        Arrays.fill(repeated, false);
        int count = message.attributes();
        for (int i = 0; i < count; i++) {
            long fingerprint = message.fingerprint(i);
            int at = AttributePlan.place(fingerprint, table.length);
            for (int slot = table[at]; slot >= 0; slot = table[at]) {
                if (keys[slot].fingerprint() == fingerprint && message.keyIs(i, keys[slot]) && !message.isRemoved(i)) {
                    repeated[slot] = attributeOf[slot] != NONE;
                    attributeOf[slot] = repeated[slot] ? attributeOf[slot] : i;
                    break;
                }
                at = at + 1 & table.length - 1;
            }
        }
    }

    private void set(Message message, AttributeAction.Set set, int action) throws MalformedPayload {
        int target = attributeOf[set.slot()];
        if (target == NONE ? set.when() == AttributeAction.When.PRESENT : set.when() == AttributeAction.When.MISSING) {
            return;
        }
        byte[] value = null;
        switch (set.source()) {
            case AttributeAction.Source.Constant constant -> value = constant.value();
            case AttributeAction.Source.Header _ -> value = headerValues[action];
            case AttributeAction.Source.Nothing _ -> {
                // Only the fallback is left.
            }
            case AttributeAction.Source.Attribute from -> {
                int source = attributeOf[from.slot()];
                if (source != NONE) {
                    put(
                            message,
                            set.slot(),
                            message.valueArray(source),
                            message.valueFrom(source),
                            message.valueTo(source));
                    return;
                }
            }
        }
        value = value == null ? set.fallback() : value;
        if (value != null) {
            put(message, set.slot(), value, 0, value.length);
        }
    }

    private void put(Message message, int slot, byte[] array, int from, int to) throws MalformedPayload {
        int attribute = attributeOf[slot];
        if (attribute == NONE) {
            attributeOf[slot] = message.add(keys[slot], array, from, to);
        } else {
            message.setValue(attribute, array, from, to);
        }
    }

    private void delete(Message message, AttributeAction.Delete delete) throws MalformedPayload {
        int slot = delete.slot();
        if (slot >= 0 && attributeOf[slot] != NONE) {
            if (repeated[slot]) {
                message.remove(keys[slot]);
            } else {
                message.remove(attributeOf[slot]);
            }
            attributeOf[slot] = NONE;
            repeated[slot] = false;
        }
        TextPattern pattern = delete.keys();
        if (pattern == null) {
            return;
        }
        boolean any = false;
        for (int i = 0; i < message.attributes(); i++) {
            if (!message.isRemoved(i) && matches(pattern, message, i)) {
                message.remove(i);
                any = true;
            }
        }
        if (any) {
            locate(message);
        }
    }

    private void hash(Message message, AttributeAction.Hash hashing) throws MalformedPayload {
        if (hashing.slot() >= 0 && attributeOf[hashing.slot()] != NONE) {
            hash.replace(message, attributeOf[hashing.slot()]);
        }
        TextPattern pattern = hashing.keys();
        if (pattern == null) {
            return;
        }
        for (int i = 0; i < message.attributes(); i++) {
            if (!message.isRemoved(i) && matches(pattern, message, i)) {
                hash.replace(message, i);
            }
        }
    }

    private static boolean matches(TextPattern pattern, Message message, int attribute) {
        return pattern.matches(message.keyArray(attribute), message.keyFrom(attribute), message.keyTo(attribute));
    }

    private void extract(Message message, AttributeAction.Extract extract) throws MalformedPayload {
        int source = attributeOf[extract.slot()];
        if (source == NONE) {
            return;
        }
        AnyValue value = message.value(source);
        if (value.kind() != AnyValue.Kind.STRING) {
            return;
        }
        Matcher matcher = extract.pattern().matcher(value.text());
        if (!matcher.find()) {
            return;
        }
        for (int group = 0; group < extract.targets().size(); group++) {
            String text = matcher.group(group + 1);
            Arena arena = message.arena();
            int from = arena.size();
            AnyValues.writeText(arena, text == null ? "" : text);
            put(message, extract.targets().get(group), arena.array(), from, arena.size());
        }
    }
}
