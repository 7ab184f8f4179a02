package io.lightvessel.api;

import static java.util.Map.entry;

import io.lightvessel.tenancy.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes on a tenant that the committed description of the API has, and what each needs besides ids to succeed. */
final class ApiRoutes {
    private static final String TENANTS = "/api/v1/tenants/{tenant}";
    private static final Pattern ID = Pattern.compile("\\{(\\w+)}");

    private static final String STACK = """
            {"backends": {"traces": {"endpoint": "tempo:4317", "insecure": true}, "logs": {"endpoint": "http://loki/otlp"}}}""";

    /** By operation; {cluster} becomes the slug of a cluster and {new} something not there yet. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            entry("createApiToken", "{\"name\":\"x\",\"role\":\"VIEWER\"}"),
            entry("createCluster", "{\"slug\":\"{new}\"}"),
            entry("putStack", STACK),
            entry("renderStack", STACK),
            entry("diffStack", STACK),
            entry("explainStack", STACK),
            entry("createEnrollmentToken", "{\"cluster\":\"{cluster}\"}"),
            entry("addMember", "{\"name\":\"{new}\",\"role\":\"VIEWER\"}"),
            entry("changeMemberRole", "{\"role\":\"EDITOR\"}"),
            // Where one is needed there is a blueprint with the cluster's name.
            entry("createBlueprint", "{\"slug\":\"{new}\"}"),
            entry("putBlueprint", "{\"spec\":{}}"),
            entry("putStackInheritance", "{\"blueprint\":\"{cluster}\"}"),
            entry("createStackDraft", STACK),
            entry("putStackDraft", STACK),
            entry("approveStackRevision", "{}"),
            entry("rejectStackRevision", "{\"reason\":\"x\"}"),
            entry("putStackSettings", "{\"approval\":\"NONE\"}"));

    private static final Map<String, String> QUERIES =
            Map.of("renderStack", "?role=gateway", "createStackDraft", "?base=1", "putStackDraft", "?base=1");

    private static final Map<String, Map<String, String>> HEADERS = Map.ofEntries(
            entry("deleteCluster", Map.of("If-Match", "\"0\"")),
            entry("putStack", Map.of("If-Match", "\"1\"")),
            entry("putBlueprint", Map.of("If-Match", "\"1\"")),
            entry("deleteBlueprint", Map.of("If-Match", "\"1\"")),
            entry("putStackInheritance", Map.of("If-Match", "\"1\"")),
            entry("deleteStackInheritance", Map.of("If-Match", "\"2\"")),
            entry("restoreStackRevision", Map.of("If-Match", "\"1\"")),
            entry("putStackDraft", Map.of("If-Match", "\"0\"")),
            entry("deleteStackDraft", Map.of("If-Match", "\"0\"")),
            entry("publishStackDraft", Map.of("If-Match", "\"0\"")),
            entry("putStackSettings", Map.of("If-Match", "\"0\"")));

    private ApiRoutes() {}

    /**
     * @param path with placeholders, query included
     * @param role null when the description names none
     */
    record Route(
            String operation,
            String method,
            String path,
            @Nullable Role role,
            boolean hasBody) {

        /** The same, only validated. */
        Route tried() {
            return new Route(
                    operation, method, path + (path.contains("?") ? "&" : "?") + "validateOnly=true", role, hasBody);
        }

        Role requiredRole() {
            return Objects.requireNonNull(role, () -> this + ": no x-required-role");
        }

        List<String> idNames() {
            return ID.matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.equals("tenant"))
                    .toList();
        }

        @Nullable
        String body(String cluster, String unused) {
            if (!hasBody) {
                return null;
            }
            String body = BODIES.get(operation);
            if (body == null) {
                throw new AssertionError(
                        this + ": no body known here (expected: one that succeeds, in ApiRoutes.BODIES)");
            }
            return body.replace("{cluster}", cluster).replace("{new}", unused);
        }

        Map<String, String> headers() {
            return HEADERS.getOrDefault(operation, Map.of());
        }

        @Override
        public String toString() {
            return operation + " (" + method + " " + path + ")";
        }
    }

    /** Paths that are not below a tenant and need no operator either. */
    static List<String> open() throws IOException {
        return api().get("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith(TENANTS))
                .filter(path -> path.getValue().properties().stream()
                        .noneMatch(operation -> operation
                                .getValue()
                                .path("x-required-role")
                                .asString("")
                                .equals("OPERATOR")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode api() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(Path.of("../docs/api/openapi.json")));
    }

    static List<Route> read() throws IOException {
        JsonNode api = api();
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            if (path.getKey().startsWith(TENANTS)) {
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    routes.add(route(path.getKey(), operation.getKey(), operation.getValue()));
                }
            }
        }
        return routes;
    }

    private static Route route(String path, String method, JsonNode operation) {
        String id = operation.get("operationId").asString();
        JsonNode role = operation.get("x-required-role");
        return new Route(
                id,
                method.toUpperCase(Locale.ROOT),
                path + QUERIES.getOrDefault(id, ""),
                role == null ? null : Role.valueOf(role.asString()),
                operation.has("requestBody"));
    }
}
