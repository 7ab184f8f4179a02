package io.lightvessel.local;

/** The agents of the demo cluster. */
public enum AgentName {
    GATEWAY_1("gateway-1", "gateway"),
    GATEWAY_2("gateway-2", "gateway"),
    COLLECTOR_1("collector-1", "collector");

    private final String text;
    private final String role;

    AgentName(String text, String role) {
        this.text = text;
        this.role = role;
    }

    public String text() {
        return text;
    }

    String role() {
        return role;
    }
}
