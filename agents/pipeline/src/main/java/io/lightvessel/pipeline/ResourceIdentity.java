package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Who a resource says it is; empty texts where it does not. A pod's log lines carry no {@code service.name}: they are
 * their container's, in its namespace, which is where the Kubernetes conventions let a service's name end up.
 */
record ResourceIdentity(String serviceName, String serviceNamespace) {

    private static final int LONGEST = 256;

    static ResourceIdentity read(ByteBuf bytes, int from, int to) throws MalformedPayload {
        String name = "";
        String namespace = "";
        String container = "";
        String containerNamespace = "";
        WireReader resource = new WireReader(bytes, from, to);
        while (resource.hasMore()) {
            int tag = resource.readTag();
            if (tag != Otlp.RESOURCE_ATTRIBUTES) {
                resource.skip(tag);
                continue;
            }
            int outer = resource.enter();
            OtlpAttribute attribute = OtlpAttribute.read(resource);
            resource.leave(outer);
            switch (attribute.key()) {
                case "service.name" -> name = attribute.text(bytes);
                case "service.namespace" -> namespace = attribute.text(bytes);
                case "k8s.container.name" -> container = attribute.text(bytes);
                case "k8s.namespace.name" -> containerNamespace = attribute.text(bytes);
                default -> {
                    // Does not tell who it is.
                }
            }
        }
        return name.isEmpty() && !container.isEmpty()
                ? new ResourceIdentity(shortened(container), shortened(containerNamespace))
                : new ResourceIdentity(shortened(name), shortened(namespace));
    }

    private static String shortened(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST ? text : text.substring(0, LONGEST / 4) + "…";
    }
}
