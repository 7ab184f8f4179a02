package io.lightvessel.local;

import java.util.ArrayList;
import java.util.List;

/** Every port that the product listens on: the console's as asked for, all others moved by the offset. */
public record Ports(int controlPlane, int offset) {

    public int opamp() {
        return 4320 + offset;
    }

    public int sinkGrpc() {
        return 14327 + offset;
    }

    public int sinkHttp() {
        return 14328 + offset;
    }

    public int prometheus() {
        return 19090 + offset;
    }

    public int storefront() {
        return 18090 + offset;
    }

    public int orders() {
        return 18091 + offset;
    }

    public int otlpGrpc(AgentName agent) {
        return offset
                + switch (agent) {
                    case GATEWAY_1 -> 4317;
                    case GATEWAY_2 -> 14317;
                    case COLLECTOR_1 -> 24317;
                };
    }

    public int otlpHttp(AgentName agent) {
        return otlpGrpc(agent) + 1;
    }

    public int health(AgentName agent) {
        return 13133 + agent.ordinal() + offset;
    }

    public int metrics(AgentName agent) {
        return 8888 + agent.ordinal() + offset;
    }

    public int debug(AgentName agent) {
        return 12345 + agent.ordinal() + offset;
    }

    /** Where gateways agree on who scrapes what. */
    public int cluster(AgentName agent) {
        return 7946 + agent.ordinal() + offset;
    }

    /** What listens where; a collector takes no OTLP, its ports are only set aside. */
    List<Use> uses(boolean demo, boolean withPrometheus) {
        List<Use> uses = new ArrayList<>();
        uses.add(new Use(controlPlane, "control plane", "console and API"));
        uses.add(new Use(opamp(), "control plane", "OpAMP"));
        uses.add(new Use(sinkGrpc(), "sink", "OTLP/gRPC"));
        uses.add(new Use(sinkHttp(), "sink", "HTTP"));
        if (withPrometheus) {
            uses.add(new Use(prometheus(), "prometheus", "HTTP"));
        }
        if (demo) {
            for (AgentName agent : AgentName.values()) {
                if (agent.role().equals("gateway")) {
                    uses.add(new Use(otlpGrpc(agent), agent.text(), "OTLP/gRPC"));
                    uses.add(new Use(otlpHttp(agent), agent.text(), "OTLP/HTTP"));
                    uses.add(new Use(cluster(agent), agent.text(), "clustering"));
                }
                uses.add(new Use(health(agent), agent.text(), "health"));
                uses.add(new Use(metrics(agent), agent.text(), "metrics"));
                uses.add(new Use(debug(agent), agent.text(), "debug UI"));
            }
            uses.add(new Use(storefront(), "storefront", "HTTP"));
            uses.add(new Use(orders(), "orders", "HTTP"));
        }
        return uses;
    }

    /** One port of one part. */
    record Use(int port, String part, String purpose) {}
}
