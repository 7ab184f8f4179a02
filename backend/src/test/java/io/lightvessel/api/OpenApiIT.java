package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.testing.ControlPlaneTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description is committed, so that a change of the API shows in review. After a wanted change, write it anew:
 * {@code mvn verify -pl backend -am -Dit.test=OpenApiIT -Dlightvessel.golden.update=true}.
 */
@ControlPlaneTest
class OpenApiIT {
    private static final Path DOCS = Path.of("../docs/api");

    @Autowired
    private RestTestClient rest;

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theApiIsAsCommitted() throws IOException {
        String text = rest.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        assertCommitted("openapi.json", text);
    }

    @Test
    void theStackSchemaIsAsCommitted() throws IOException {
        String text = rest.get()
                .uri("/api/v1/schemas/stack")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        assertCommitted("stack.schema.json", text);
    }

    private void assertCommitted(String file, String text) throws IOException {
        String pretty = json.writeValueAsString(sorted(json.readTree(text))) + "\n";
        Path committed = DOCS.resolve(file);
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.createDirectories(DOCS);
            Files.writeString(committed, pretty);
        }
        assertThat(pretty).isEqualTo(Files.readString(committed));
    }

    /** The order of keys depends on the order classes were found in; it says nothing. */
    private JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode result = json.createObjectNode();
                object.propertyStream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(entry -> result.set(entry.getKey(), sorted(entry.getValue())));
                yield result;
            }
            case ArrayNode array -> {
                ArrayNode result = json.createArrayNode();
                array.forEach(item -> result.add(sorted(item)));
                yield result;
            }
            default -> node;
        };
    }
}
