package io.lightvessel.pipeline.ottl;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.OttlContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drops by conditions from decoded requests, and with it whatever was emptied; what came without content stays. */
final class NaiveFilter {

    private static final int EVENTS = 11;
    private static final int[] METRIC_DATA = {5, 7, 9, 10, 11};

    private final Signal signal;
    private final Map<OttlContext, List<Condition>> conditions = new EnumMap<>(OttlContext.class);
    private final Map<OttlContext, Message.Builder> around = new EnumMap<>(OttlContext.class);

    /** What is left of a message; empty when it goes. */
    private interface Below {
        Optional<Message> left(Message message);
    }

    NaiveFilter(Signal signal) {
        this.signal = signal;
    }

    void add(OttlContext context, Condition condition) {
        conditions.computeIfAbsent(context, _ -> new ArrayList<>()).add(condition);
    }

    Message filter(Message request) {
        return each(request, 1, this::group).left();
    }

    private boolean drops(OttlContext context, Message shown) {
        around.put(context, shown.toBuilder());
        NaiveOttl ottl = new NaiveOttl(new NaiveRecord(around));
        for (Condition condition : conditions.getOrDefault(context, List.of())) {
            try {
                if (ottl.holds(condition)) {
                    return true;
                }
            } catch (NaiveValues.Failure e) {
                // One that fails does not hold.
            }
        }
        return false;
    }

    private Optional<Message> group(Message group) {
        return drops(OttlContext.RESOURCE, description(group))
                ? Optional.empty()
                : each(group, 2, this::scope).unlessEmptied();
    }

    private Optional<Message> scope(Message scope) {
        return drops(OttlContext.SCOPE, description(scope))
                ? Optional.empty()
                : each(scope, 2, this::record).unlessEmptied();
    }

    private static Message description(Message group) {
        return (Message) group.getField(group.getDescriptorForType().findFieldByNumber(1));
    }

    private Optional<Message> record(Message record) {
        return switch (signal) {
            case LOGS -> drops(OttlContext.LOG, record) ? Optional.empty() : Optional.of(record);
            case TRACES ->
                drops(OttlContext.SPAN, record)
                        ? Optional.empty()
                        : Optional.of(each(record, EVENTS, this::event).left());
            case METRICS -> drops(OttlContext.METRIC, record) ? Optional.empty() : metric(record);
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
    }

    private Optional<Message> event(Message event) {
        return drops(OttlContext.SPANEVENT, event) ? Optional.empty() : Optional.of(event);
    }

    private Optional<Message> metric(Message metric) {
        for (int data : METRIC_DATA) {
            FieldDescriptor field = metric.getDescriptorForType().findFieldByNumber(data);
            if (metric.hasField(field)) {
                Rest rest = each((Message) metric.getField(field), 1, this::point);
                return rest.unlessEmptied()
                        .map(points ->
                                metric.toBuilder().setField(field, points).build());
            }
        }
        return Optional.of(metric);
    }

    private Optional<Message> point(Message point) {
        return drops(OttlContext.DATAPOINT, point) ? Optional.empty() : Optional.of(point);
    }

    private record Rest(Message left, boolean emptied) {
        Optional<Message> unlessEmptied() {
            return emptied ? Optional.empty() : Optional.of(left);
        }
    }

    private static Rest each(Message message, int number, Below below) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(number);
        List<?> before = (List<?>) message.getField(field);
        List<Message> after = before.stream()
                .flatMap(element -> below.left((Message) element).stream())
                .toList();
        return new Rest(message.toBuilder().setField(field, after).build(), after.isEmpty() && !before.isEmpty());
    }
}
