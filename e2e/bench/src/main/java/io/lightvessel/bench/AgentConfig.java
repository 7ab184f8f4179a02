package io.lightvessel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Writes the config under test, which the OpenTelemetry Collector understands just as well. */
final class AgentConfig {

    private AgentConfig() {}

    static String yaml(OtlpOptions options, Ports ports, int sinkPort) {
        String processing = options.processing() == Processing.PASS
                ? ""
                : resource("processors-" + options.processing().label() + ".yaml");
        String processors = processing
                .lines()
                .filter(line -> line.startsWith("  ") && !line.startsWith("   ") && line.endsWith(":"))
                .map(line -> line.strip().replace(":", ""))
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
        return resource("otlp.yaml")
                .replace("# processors\n", processing)
                .replace("{grpc}", "127.0.0.1:" + ports.grpc())
                .replace("{http}", "127.0.0.1:" + ports.http())
                .replace("{sink}", "127.0.0.1:" + sinkPort)
                .replace("{compression}", options.coding().label())
                // What Lightvessel's queue does anyway, the Collector's has to be told.
                .replace("{exporter}", options.grpc() ? "otlp" : "otlphttp")
                .replace("{processors}", processors)
                .replace("{signal}", options.telemetry().pipeline());
    }

    private static String resource(String name) {
        try (InputStream in = AgentConfig.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new Failure(name + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
