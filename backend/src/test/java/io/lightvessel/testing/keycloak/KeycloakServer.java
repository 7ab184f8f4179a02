package io.lightvessel.testing.keycloak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;

/**
 * A real Keycloak with the realm of {@code deploy/keycloak}. Its address is known before it runs, because the realm names the
 * control plane's: that one starts first.
 */
public final class KeycloakServer implements AutoCloseable {
    public static final String CONSOLE_SECRET = "console-secret-of-the-tests";
    public static final String ADMIN_SECRET = "admin-secret-of-the-tests";
    private static final String REALM = "lightvessel";
    private static final String ADMIN = "root";
    private static final String ADMIN_PASSWORD = "password-of-the-tests";
    private static final List<String> BUILD_OPTIONS =
            List.of("--db=dev-mem", "--cache=local", "--metrics-enabled=false", "--health-enabled=false");

    private final Path home;
    private final int port;
    private @Nullable Process process;
    private @Nullable Keycloak admin;

    public KeycloakServer() {
        this.home = unpacked();
        this.port = freePort();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String issuer() {
        return url() + "/realms/" + REALM;
    }

    /** Returns once it answers; does nothing when it runs. */
    public synchronized void start(String console) {
        if (process != null) {
            return;
        }
        try {
            build();
            Files.copy(
                    Path.of("..", "deploy", "keycloak", "lightvessel-realm.json"),
                    Files.createDirectories(home.resolve("data").resolve("import"))
                            .resolve("lightvessel-realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            Process started = run(
                    Map.of(
                            "LIGHTVESSEL_URL", console,
                            "LIGHTVESSEL_CONSOLE_SECRET", CONSOLE_SECRET,
                            "LIGHTVESSEL_ADMIN_SECRET", ADMIN_SECRET,
                            "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD),
                    "start",
                    "--optimized",
                    "--cache=local",
                    "--import-realm",
                    "--http-enabled=true",
                    "--hostname-strict=false",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port);
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            awaitListening(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the realm's administrator may, who is not the control plane. */
    public synchronized RealmResource realm() {
        if (admin == null) {
            admin = Keycloak.getInstance(url(), "master", ADMIN, ADMIN_PASSWORD, "admin-cli");
        }
        return admin.realm(REALM);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
            admin = null;
        }
        if (process != null) {
            // The script's child is the server, and would outlive it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process = null;
        }
    }

    /** Once for each unpacked copy: it takes as long as starting does. */
    private void build() throws IOException {
        Path done = home.resolve("built-for-tests");
        if (Files.exists(done)) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("build"));
        arguments.addAll(BUILD_OPTIONS);
        Process build = run(Map.of(), arguments.toArray(String[]::new));
        List<String> said = build.inputReader().lines().toList();
        if (build.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("kc.sh build: " + said);
        }
        Files.createFile(done);
    }

    private Process run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Reads on afterwards, so that the program never waits for a reader. */
    private static void awaitListening(Process started) throws IOException {
        BufferedReader output = started.inputReader();
        List<String> said = new ArrayList<>();
        String line;
        while ((line = output.readLine()) != null) {
            said.add(line);
            if (line.contains("Listening on:")) {
                Thread.ofVirtual()
                        .name("keycloak-output")
                        .start(() -> output.lines()
                                .filter(later -> later.contains("WARN") || later.contains("ERROR"))
                                .forEach(later -> System.err.println("keycloak: " + later)));
                return;
            }
        }
        throw new IllegalStateException("Keycloak ended: " + String.join("\n", said));
    }

    /** Stops as a service would be: what follows finds nobody at the address. */
    public synchronized void stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList();
        close();
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("Keycloak still runs", e);
            }
        }
    }

    private static Path unpacked() {
        try (Stream<Path> found = Files.list(Path.of("target"))) {
            return found.filter(dir -> dir.getFileName().toString().matches("keycloak-[0-9.]+"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "target/keycloak-*: nothing (expected: what the Maven profile keycloak unpacks)"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Free a moment ago: Keycloak takes no socket, and its address must be known before it starts. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
