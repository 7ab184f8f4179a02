package io.lightvessel.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A small JSON client for servers on this machine. */
public final class Http {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** Asks and reads the answer as JSON, whatever its status. */
    public Answer send(String method, String url, Map<String, String> headers, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().map().entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().toLowerCase(Locale.ROOT),
                                e -> e.getValue().getFirst())));
    }

    public Answer get(String url) throws IOException, InterruptedException {
        return send("GET", url, Map.of(), null);
    }

    /** Whether the address answers 200 by now; a server that is not there yet is no error while waiting for it. */
    boolean answers(String url) throws InterruptedException {
        try {
            return get(url).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Status, body and headers (names in lower case). */
    public record Answer(int status, String body, Map<String, String> headers) {
        public JsonNode json() {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        }
    }
}
