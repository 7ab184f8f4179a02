package io.lightvessel.fleet;

import io.lightvessel.wire.AgentAttributes;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.KeyValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who an agent says it is. */
record Description(
        String name,
        @Nullable AgentRole role,
        boolean own,
        String version,
        String host,
        Map<String, String> attributes) {
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 512;

    static Description of(AgentDescription wire) {
        Map<String, String> attributes = new TreeMap<>();
        add(attributes, wire.getIdentifyingAttributesList());
        add(attributes, wire.getNonIdentifyingAttributesList());
        String host = attributes.getOrDefault(AgentAttributes.HOST_NAME, "");
        String service = attributes.getOrDefault(AgentAttributes.SERVICE_NAME, "");
        AgentRole role = AgentRole.ofWireName(
                        attributes.getOrDefault(AgentAttributes.ROLE, "").toLowerCase(Locale.ROOT))
                .orElse(null);
        return new Description(
                firstFilled(
                        attributes.get(AgentAttributes.AGENT_NAME),
                        attributes.get(AgentAttributes.K8S_POD_NAME),
                        host,
                        service,
                        "unnamed"),
                role,
                AgentAttributes.OWN_SERVICE_NAME.equals(service),
                attributes.getOrDefault(AgentAttributes.SERVICE_VERSION, ""),
                host,
                Map.copyOf(attributes));
    }

    /** The role known from elsewhere, when the agent names none. */
    Description orRole(@Nullable AgentRole known) {
        return role != null ? this : new Description(name, known, own, version, host, attributes);
    }

    private static void add(Map<String, String> into, List<KeyValue> from) {
        for (KeyValue pair : from) {
            if (into.size() < MAX_ATTRIBUTES) {
                into.put(Texts.bounded(pair.getKey(), MAX_KEY), text(pair.getValue()));
            }
        }
    }

    private static String text(AnyValue value) {
        String text = switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE -> value.getArrayValue().getValuesCount() + " values";
            case KVLIST_VALUE -> value.getKvlistValue().getValuesCount() + " entries";
            case BYTES_VALUE -> value.getBytesValue().size() + " bytes";
            case VALUE_NOT_SET -> "";
        };
        return Texts.bounded(text, MAX_VALUE);
    }

    private static String firstFilled(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return Texts.bounded(candidate, 120);
            }
        }
        throw new IllegalArgumentException("every candidate is empty");
    }
}
