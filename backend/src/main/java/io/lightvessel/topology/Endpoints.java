package io.lightvessel.topology;

import io.lightvessel.fleet.Agent;
import io.lightvessel.wire.AgentAttributes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises agents behind the endpoints that other agents send to. */
final class Endpoints {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "");

    private final List<Agent> agents;

    Endpoints(List<Agent> agents) {
        this.agents = agents;
    }

    @Nullable
    Agent find(Agent sender, String endpoint) {
        HostPort wanted = HostPort.parse(endpoint);
        if (wanted == null) {
            return null;
        }
        for (Agent candidate : agents) {
            if (!candidate.id().equals(sender.id())
                    && (listens(candidate, AgentAttributes.ENDPOINT_OTLP_GRPC, wanted, sender)
                            || listens(candidate, AgentAttributes.ENDPOINT_OTLP_HTTP, wanted, sender))) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean listens(Agent agent, String attribute, HostPort wanted, Agent sender) {
        HostPort listening = HostPort.parse(agent.attributes().getOrDefault(attribute, ""));
        if (listening == null || listening.port() != wanted.port()) {
            return false;
        }
        boolean sameHost = !agent.host().isEmpty() && agent.host().equals(sender.host());
        if (LOOPBACK.contains(wanted.host())) {
            return sameHost;
        }
        if (ANY.contains(listening.host()) || LOOPBACK.contains(listening.host())) {
            return wanted.host().equals(agent.host());
        }
        return wanted.host().equals(listening.host());
    }

    /** The parts of {@code host:port} or a URL. */
    private record HostPort(String host, int port) {
        static @Nullable HostPort parse(String text) {
            int scheme = text.indexOf("://");
            String rest = scheme < 0 ? text : text.substring(scheme + 3);
            int path = rest.indexOf('/');
            String authority = path < 0 ? rest : rest.substring(0, path);
            int colon = authority.lastIndexOf(':');
            if (colon < 0 || !authority.substring(colon + 1).matches("\\d{1,5}")) {
                return null;
            }
            String host = authority.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return new HostPort(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(authority.substring(colon + 1)));
        }
    }
}
