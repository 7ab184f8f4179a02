package io.lightvessel.bench.ebpf;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an agent's metrics page said at a moment. */
public record AgentMetrics(String page) {

    public static AgentMetrics read(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return new AgentMetrics(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    /** The sum of all series whose names and labels begin and go on so; 0 when there is none. */
    public double sum(String name, String label) {
        return page.lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
