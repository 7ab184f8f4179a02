package io.lightvessel.local;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Asks the local backends what has arrived. */
public final class Backends {

    private final Http http = new Http();
    private final String sink;
    private final String prometheus;

    public Backends(Ports ports) {
        sink = "http://127.0.0.1:" + ports.sinkHttp();
        prometheus = "http://127.0.0.1:" + ports.prometheus();
    }

    public JsonNode sink(String path) throws IOException, InterruptedException {
        Http.Answer answer = http.get(sink + path);
        if (answer.status() != 200) {
            throw new IOException("sink " + path + ": status " + answer.status() + ", " + answer.body());
        }
        return answer.json();
    }

    /** The result vector of an instant query. */
    public JsonNode prometheus(String query) throws IOException, InterruptedException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        Http.Answer answer = http.get(prometheus + path);
        if (answer.status() != 200) {
            throw new IOException("Prometheus " + query + ": status " + answer.status() + ", " + answer.body());
        }
        return answer.json().path("data").path("result");
    }

    /** What has not arrived since the given time, in words; empty when everything has. */
    String missing(Instant since, boolean withPrometheus) throws InterruptedException {
        try {
            JsonNode kinds = sink("/api/counts").path("kinds");
            if (kinds.path("traces").path("records").asLong(0) == 0) {
                return "no span has reached the sink";
            }
            if (kinds.path("logs").path("records").asLong(0) == 0) {
                return "no log line has reached the sink";
            }
            if (!withPrometheus) {
                return kinds.path("remoteWrite").path("records").asLong(0) == 0 ? "no metric has reached the sink" : "";
            }
            // What Prometheus keeps of an earlier run does not count.
            String fresh = "count(timestamp(shop_orders_total) > " + since.getEpochSecond() + ")";
            return prometheus(fresh).isEmpty() ? "no metric of the shop has reached Prometheus" : "";
        } catch (IOException e) {
            return "a backend does not answer: " + e.getMessage();
        }
    }
}
