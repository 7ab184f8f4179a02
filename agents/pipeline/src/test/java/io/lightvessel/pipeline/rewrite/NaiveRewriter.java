package io.lightvessel.pipeline.rewrite;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Does what a rewriter does the slow and obvious way: decodes, goes through lists of objects, encodes. */
public final class NaiveRewriter {

    private static final List<String> DATA = List.of("gauge", "sum", "histogram", "exponential_histogram", "summary");

    /** What the levels are shown with; each returns what it becomes, null to drop it. */
    public interface Editor {
        default Message resource(Message resource) {
            return resource;
        }

        default Message scope(Message resource, Message scope) {
            return scope;
        }

        default Message metric(Message resource, Message scope, Message metric) {
            return metric;
        }

        Message item(Message resource, Message scope, Message metric, Message item);
    }

    private NaiveRewriter() {}

    public static Message rewrite(Signal signal, Message request, Editor editor) {
        return each(request, 1, group -> {
            Message resource = (Message) group.getField(field(group, "resource"));
            Message edited = editor.resource(resource);
            if (edited == null) {
                return null;
            }
            Message changed = edited.equals(resource) ? group : with(group, "resource", edited);
            return each(changed, 2, scopeGroup -> scopeGroup(signal, edited, scopeGroup, editor));
        });
    }

    private static Message scopeGroup(Signal signal, Message resource, Message scopeGroup, Editor editor) {
        Message scope = (Message) scopeGroup.getField(field(scopeGroup, "scope"));
        Message edited = editor.scope(resource, scope);
        if (edited == null) {
            return null;
        }
        Message changed = edited.equals(scope) ? scopeGroup : with(scopeGroup, "scope", edited);
        return each(
                changed,
                2,
                item -> signal == Signal.METRICS
                        ? metric(resource, edited, item, editor)
                        : editor.item(resource, edited, null, item));
    }

    private static Message metric(Message resource, Message scope, Message metric, Editor editor) {
        Message edited = editor.metric(resource, scope, metric);
        if (edited == null) {
            return null;
        }
        for (String name : DATA) {
            if (edited.hasField(field(edited, name))) {
                Message data = (Message) edited.getField(field(edited, name));
                Message changed = each(data, 1, point -> editor.item(resource, scope, edited, point));
                return changed == null ? null : with(edited, name, changed);
            }
        }
        return edited;
    }

    /** Changes all messages of a repeated field; null when all of them were dropped, and there were some. */
    private static Message each(Message message, int number, UnaryOperator<Message> change) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(number);
        List<Message> kept = new ArrayList<>();
        int count = message.getRepeatedFieldCount(field);
        for (int i = 0; i < count; i++) {
            Message changed = change.apply((Message) message.getRepeatedField(field, i));
            if (changed != null) {
                kept.add(changed);
            }
        }
        if (count > 0
                && kept.isEmpty()
                && !message.getDescriptorForType().getName().startsWith("Export")) {
            return null;
        }
        return message.toBuilder().setField(field, kept).build();
    }

    public static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    public static Message with(Message message, String name, Object value) {
        return message.toBuilder().setField(field(message, name), value).build();
    }

    /** Changes the list of attributes of a message that has some. */
    public static <T> Message withAttributes(
            Message message, T with, BiFunction<List<Message>, T, List<Message>> change) {
        FieldDescriptor field = field(message, "attributes");
        List<Message> attributes = new ArrayList<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            attributes.add((Message) message.getRepeatedField(field, i));
        }
        return message.toBuilder()
                .setField(field, change.apply(attributes, with))
                .build();
    }
}
