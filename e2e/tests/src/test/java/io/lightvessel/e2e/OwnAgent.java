package io.lightvessel.e2e;

import io.lightvessel.local.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent that a test starts by itself, beside those of the product. */
final class OwnAgent implements AutoCloseable {

    private final Process process;
    private final Path log;

    private OwnAgent(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static OwnAgent start(Product product, String name, String token, Map<String, String> environment)
            throws IOException {
        Path directory = ProductExtension.TARGET.resolve("agents").resolve(name);
        ProductExtension.delete(directory);
        Files.createDirectories(directory);
        Path log = directory.resolve("log");
        Path jar = ProductExtension.HOME.resolve("agents/agent/target/agent/lightvessel-agent.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "run",
                "--role",
                "gateway",
                "--control-plane",
                product.controlPlane().address(),
                "--state",
                directory.resolve("state").toString(),
                "--name",
                name));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LIGHTVESSEL_ENROLLMENT_TOKEN", token);
        builder.environment().put("LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:" + freePort());
        builder.environment().put("LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:" + freePort());
        builder.environment().put("LIGHTVESSEL_DEBUG_ENDPOINT", "off");
        builder.environment().putAll(environment);
        return new OwnAgent(builder.start(), log);
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
