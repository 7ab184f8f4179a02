package io.lightvessel.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The control plane's REST API as the supervisor and the tests use it. */
public final class ControlPlane {

    public static final String TENANT = "demo";
    public static final String CLUSTER = "demo";

    private final Http http = new Http();
    private final String address;
    private final DataDir data;

    public ControlPlane(int port, DataDir data) {
        this.address = "http://127.0.0.1:" + port;
        this.data = data;
    }

    public String address() {
        return address;
    }

    boolean ready() throws InterruptedException {
        return http.answers(address + "/actuator/health/readiness");
    }

    /** Asks below /api/v1/tenants/demo with the API token. */
    public Http.Answer api(String method, String path, Map<String, String> headers, @Nullable Object body)
            throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Authorization", "Bearer " + data.apiToken());
        return http.send(method, address + "/api/v1/tenants/" + TENANT + path, all, body);
    }

    /** Creates an enrolment token for one agent of the demo cluster. */
    String enrolmentToken(AgentName agent) throws IOException, InterruptedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("cluster", CLUSTER);
        wanted.put("label", agent.text());
        wanted.put("role", agent.role());
        wanted.put("maxUses", 1);
        wanted.put("validFor", "PT1H");
        Http.Answer answer = api("POST", "/enrollment-tokens", Map.of(), wanted);
        if (answer.status() != 201) {
            throw new Failure("The control plane refused an enrolment token for " + agent.text() + ": status "
                    + answer.status() + ", " + answer.body());
        }
        return answer.json().path("secret").asString();
    }

    /** The demo cluster's agents. */
    public List<Agent> agents() throws IOException, InterruptedException {
        Http.Answer answer = api("GET", "/agents?cluster=" + CLUSTER, Map.of(), null);
        if (answer.status() != 200) {
            throw new IOException("GET agents: status " + answer.status() + ", " + answer.body());
        }
        List<Agent> agents = new ArrayList<>();
        for (JsonNode item : answer.json().path("items")) {
            agents.add(new Agent(
                    item.path("id").asString(""),
                    item.path("name").asString(""),
                    item.path("health").path("status").asString(""),
                    item.path("config").path("status").asString(""),
                    item.path("config").path("reason").asString("")));
        }
        return agents;
    }

    /** What the API says of one agent. */
    public record Agent(String id, String name, String health, String config, String configReason) {
        public boolean healthy() {
            return health.equals("HEALTHY");
        }

        public boolean inSync() {
            return config.equals("IN_SYNC");
        }
    }
}
