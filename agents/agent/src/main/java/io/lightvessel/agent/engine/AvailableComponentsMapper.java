package io.lightvessel.agent.engine;

import com.google.protobuf.ByteString;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.wire.Digests;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.AvailableComponents;
import io.lightvessel.wire.opamp.ComponentDetails;
import io.lightvessel.wire.opamp.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the components this agent is built with as the Collector's OpAMP extension does: by kind, then by type. */
final class AvailableComponentsMapper {
    private AvailableComponentsMapper() {}

    static AvailableComponents toWire(List<ComponentSchema> schemas) {
        SortedMap<ComponentKind, ComponentDetails.Builder> byKind = new TreeMap<>();
        StringBuilder names = new StringBuilder();
        for (ComponentSchema schema : schemas) {
            byKind.computeIfAbsent(schema.kind(), _ -> ComponentDetails.newBuilder())
                    .putSubComponentMap(schema.type(), details(schema));
            names.append(schema.kind()).append('/').append(schema.type()).append('\n');
        }
        AvailableComponents.Builder components = AvailableComponents.newBuilder()
                .setHash(ByteString.copyFrom(Digests.sha256(names.toString().getBytes(StandardCharsets.UTF_8))));
        byKind.forEach((kind, details) ->
                components.putComponents(kind.name().toLowerCase(Locale.ROOT) + "s", details.build()));
        return components.build();
    }

    private static ComponentDetails details(ComponentSchema schema) {
        return ComponentDetails.newBuilder()
                .addMetadata(KeyValue.newBuilder()
                        .setKey("description")
                        .setValue(AnyValue.newBuilder().setStringValue(schema.doc())))
                .build();
    }
}
