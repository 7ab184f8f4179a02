package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.ControlPlane;
import io.lightvessel.local.Http;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the tests do through the REST API. */
final class Api {

    private final ControlPlane controlPlane;

    Api(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /** Changes a cluster's stack; returns the saved revision. */
    JsonNode changeStack(String cluster, Consumer<ObjectNode> change) throws Exception {
        String path = "/clusters/" + cluster + "/stack";
        Http.Answer current = controlPlane.api("GET", path, Map.of(), null);
        assertThat(current.status()).isEqualTo(200);
        ObjectNode spec = (ObjectNode) current.json().path("spec").deepCopy();
        change.accept(spec);
        Http.Answer saved = controlPlane.api(
                "PUT", path, Map.of("If-Match", String.valueOf(current.headers().get("etag"))), spec);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        return saved.json();
    }

    void createCluster(String slug) throws Exception {
        Http.Answer created =
                controlPlane.api("POST", "/clusters", Map.of(), Map.of("slug", slug, "name", "Cluster " + slug));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    /** Creates an enrolment token; returns the answer, whose secret is shown this once. */
    JsonNode createToken(String cluster, Map<String, Object> more) throws Exception {
        Map<String, Object> wanted = new LinkedHashMap<>(Map.of("cluster", cluster, "label", "end-to-end test"));
        wanted.putAll(more);
        Http.Answer created = controlPlane.api("POST", "/enrollment-tokens", Map.of(), wanted);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json();
    }

    JsonNode get(String path) throws Exception {
        Http.Answer answer = controlPlane.api("GET", path, Map.of(), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    JsonNode post(String path) throws Exception {
        return post(path, Map.of());
    }

    JsonNode post(String path, Object body) throws Exception {
        Http.Answer answer = controlPlane.api("POST", path, Map.of(), body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }

    /** An agent of a cluster by its name, as the API shows it. */
    JsonNode agent(String cluster, String name) throws Exception {
        for (JsonNode agent : get("/agents?cluster=" + cluster).path("items")) {
            if (agent.path("name").asString("").equals(name)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + name + " in cluster " + cluster);
    }
}
