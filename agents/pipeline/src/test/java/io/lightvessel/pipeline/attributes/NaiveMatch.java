package io.lightvessel.pipeline.attributes;

import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether decoded telemetry has properties, by their words in the config. */
record NaiveMatch(boolean regexp, Map<String, Object> properties) {

    boolean matches(Message resource, Message scope, Message metric, Message item) {
        return properties.entrySet().stream()
                .allMatch(property -> matches(property.getKey(), property.getValue(), resource, scope, metric, item));
    }

    private boolean matches(String name, Object wanted, Message resource, Message scope, Message metric, Message item) {
        return switch (name) {
            case "services" ->
                any(
                        wanted,
                        find(((Resource) resource).getAttributesList(), "service.name")
                                .map(NaiveAttributes::asText)
                                .orElse("<nil-service-name>"));
            case "resources" -> all(wanted, ((Resource) resource).getAttributesList());
            case "libraries" -> ((List<?>) wanted).stream().anyMatch(one -> library((Map<?, ?>) one, scope));
            case "metric_names" -> any(wanted, ((Metric) metric).getName());
            case "span_names" -> any(wanted, ((Span) item).getName());
            case "span_kinds" -> any(wanted, ((Span) item).getKind().name());
            case "log_bodies" -> any(wanted, NaiveAttributes.asText(((LogRecord) item).getBody()));
            case "log_severity_texts" -> any(wanted, ((LogRecord) item).getSeverityText());
            case "log_severity_number" -> {
                Map<?, ?> severity = (Map<?, ?>) wanted;
                int number = ((LogRecord) item).getSeverityNumberValue();
                yield number == 0
                        ? severity.get("match_undefined").equals(true)
                        : number >= (Integer) severity.get("min");
            }
            case "attributes" ->
                all(
                        wanted,
                        item instanceof Span span ? span.getAttributesList() : ((LogRecord) item).getAttributesList());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private boolean any(Object wanted, String text) {
        return ((List<?>) wanted).stream().anyMatch(one -> is((String) one, text));
    }

    private boolean is(String wanted, String text) {
        return regexp ? Pattern.compile(wanted).matcher(text).find() : wanted.equals(text);
    }

    private boolean library(Map<?, ?> library, Message scope) {
        InstrumentationScope found = (InstrumentationScope) scope;
        return is((String) library.get("name"), found.getName())
                && (!library.containsKey("version") || is((String) library.get("version"), found.getVersion()));
    }

    private static Optional<AnyValue> find(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .findFirst();
    }

    private boolean all(Object wanted, List<KeyValue> attributes) {
        return ((List<?>) wanted).stream().allMatch(one -> {
            Map<?, ?> attribute = (Map<?, ?>) one;
            Optional<AnyValue> found = find(attributes, (String) attribute.get("key"));
            return found.isPresent() && (!attribute.containsKey("value") || is(attribute.get("value"), found.get()));
        });
    }

    private boolean is(Object wanted, AnyValue found) {
        return switch (found.getValueCase()) {
            case STRING_VALUE ->
                wanted instanceof String text
                        ? is(text, found.getStringValue())
                        : pattern(wanted, found.getStringValue());
            case BOOL_VALUE -> is(wanted, found.getBoolValue(), "" + found.getBoolValue());
            case INT_VALUE -> is(wanted, found.getIntValue(), "" + found.getIntValue());
            case DOUBLE_VALUE ->
                is(
                        wanted,
                        found.getDoubleValue(),
                        new BigDecimal("" + found.getDoubleValue())
                                .stripTrailingZeros()
                                .toPlainString());
            default -> false;
        };
    }

    private boolean is(Object wanted, Object found, String text) {
        Object comparable = wanted instanceof Integer whole ? Long.valueOf(whole) : wanted;
        return regexp ? pattern(wanted, text) : comparable.equals(found);
    }

    private boolean pattern(Object wanted, String text) {
        return regexp && Pattern.compile("" + wanted).matcher(text).find();
    }
}
