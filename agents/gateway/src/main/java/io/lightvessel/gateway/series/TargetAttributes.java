package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** What job and instance say about a resource: who it is, and where it was scraped if the instance is an address. */
final class TargetAttributes {

    private TargetAttributes() {}

    static void write(ProtoWriter out, String job, String instance) {
        if (!job.isEmpty()) {
            Attributes.text(out, 1, "service.name", job);
        }
        if (instance.isEmpty()) {
            return;
        }
        Attributes.text(out, 1, "service.instance.id", instance);
        String address = instance;
        for (String scheme : new String[] {"http", "https"}) {
            if (instance.startsWith(scheme + "://")) {
                Attributes.text(out, 1, "url.scheme", scheme);
                address = instance.substring(scheme.length() + 3);
                int path = address.indexOf('/');
                address = path < 0 ? address : address.substring(0, path);
            }
        }
        int colon = address.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(address.substring(colon + 1));
        if (port >= 0) {
            String host = address.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            Attributes.text(out, 1, "server.address", bracketed ? host.substring(1, host.length() - 1) : host);
            Attributes.number(out, 1, "server.port", port);
        }
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : -1;
    }
}
