package io.lightvessel.local;

import io.lightvessel.local.pods.PodLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How each part of the product is started: commands, environments and addresses, and nothing else. */
final class Plan {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Home home;
    private final Options options;
    private final Ports ports;
    private final DataDir data;
    private final Optional<Path> prometheus;
    private final Http http = new Http();

    Plan(Home home, Options options, Optional<Path> prometheus) {
        this.home = home;
        this.options = options;
        this.ports = new Ports(options.port(), options.offset());
        this.data = new DataDir(options.data());
        this.prometheus = prometheus;
    }

    Part controlPlane() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", String.valueOf(options.port()));
        environment.put("LIGHTVESSEL_OPAMP_PORT", String.valueOf(ports.opamp()));
        environment.put("LIGHTVESSEL_DATA_DIR", data.root().toString());
        environment.put("LIGHTVESSEL_EMBEDDED_ENABLED", "true");
        environment.put("LIGHTVESSEL_DEMO_ENABLED", String.valueOf(options.demo()));
        environment.put(
                "LIGHTVESSEL_DEMO_METRICS_URL",
                "http://127.0.0.1:" + (prometheus.isPresent() ? ports.prometheus() : ports.sinkHttp())
                        + "/api/v1/write");
        // Others may not sample what a machine runs, and a demo should not begin with a warning.
        environment.put(
                "LIGHTVESSEL_DEMO_NODE_PROFILES", String.valueOf("root".equals(System.getProperty("user.name"))));
        environment.put("LIGHTVESSEL_DEMO_TRACES_ENDPOINT", "127.0.0.1:" + ports.sinkGrpc());
        environment.put("LIGHTVESSEL_DEMO_LOGS_ENDPOINT", "http://127.0.0.1:" + ports.sinkHttp() + "/otlp");
        environment.put("LIGHTVESSEL_DEMO_PROFILES_URL", "http://127.0.0.1:" + ports.sinkHttp());
        String agents = Arrays.stream(AgentName.values())
                .map(agent -> "127.0.0.1:" + ports.metrics(agent))
                .collect(Collectors.joining(","));
        String database = prometheus.isPresent() ? "prometheus=127.0.0.1:" + ports.prometheus() : "";
        environment.put("LIGHTVESSEL_DEMO_SCRAPE_JOBS", "lightvessel-agents=" + agents + ";" + database);
        environment.put(
                "LIGHTVESSEL_DEMO_CLUSTER_PEERS",
                Arrays.stream(AgentName.values())
                        .filter(agent -> agent.role().equals("gateway"))
                        .map(agent -> "127.0.0.1:" + ports.cluster(agent))
                        .collect(Collectors.joining(",")));
        // A Go program, and so one with profiles to pull.
        environment.put("LIGHTVESSEL_DEMO_PROFILE_JOBS", database);
        ControlPlane api = new ControlPlane(options.port(), data);
        List<String> command = Home.java(
                // A quarter is for OpAMP messages in the making, and one of 64 MiB takes twice its size.
                576,
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-jar",
                home.controlPlane().toString());
        return part("control plane", api.address(), Part.Stage.PLATFORM, command, environment, api::ready);
    }

    Part sink() {
        String address = "http://127.0.0.1:" + ports.sinkHttp();
        List<String> command = Home.java(
                128,
                "-cp",
                home.localJar().toString(),
                "io.lightvessel.local.sink.SinkMain",
                String.valueOf(ports.sinkGrpc()),
                String.valueOf(ports.sinkHttp()));
        return part(
                "sink", address, Part.Stage.PLATFORM, command, Map.of(), () -> http.answers(address + "/api/counts"));
    }

    Optional<Part> prometheus() {
        return prometheus.map(program -> {
            String address = "http://127.0.0.1:" + ports.prometheus();
            Path configuration = writePrometheusConfiguration();
            List<String> command = List.of(
                    program.toString(),
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + data.prometheus().resolve("data"),
                    "--storage.tsdb.retention.time=2d",
                    "--storage.tsdb.retention.size=512MB",
                    "--web.listen-address=127.0.0.1:" + ports.prometheus(),
                    "--web.enable-remote-write-receiver",
                    "--web.enable-lifecycle",
                    "--enable-feature=exemplar-storage,native-histograms");
            return part(
                    "prometheus",
                    address,
                    Part.Stage.PLATFORM,
                    command,
                    Map.of(),
                    () -> http.answers(address + "/-/ready"));
        });
    }

    Part agent(AgentName agent, Optional<String> enrolmentToken) {
        Map<String, String> environment = new LinkedHashMap<>();
        enrolmentToken.ifPresent(token -> environment.put("LIGHTVESSEL_ENROLLMENT_TOKEN", token));
        // The first gateway listens where the stack says, as in a cluster; what shares its machine has to step aside.
        if (agent != AgentName.GATEWAY_1 || options.offset() != 0) {
            environment.put("LIGHTVESSEL_OTLP_GRPC_ENDPOINT", "127.0.0.1:" + ports.otlpGrpc(agent));
            environment.put("LIGHTVESSEL_OTLP_HTTP_ENDPOINT", "127.0.0.1:" + ports.otlpHttp(agent));
        }
        environment.put("LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:" + ports.health(agent));
        environment.put("LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:" + ports.metrics(agent));
        environment.put("LIGHTVESSEL_DEBUG_ENDPOINT", "127.0.0.1:" + ports.debug(agent));
        environment.put("LIGHTVESSEL_POD_LOGS", data.pods().toString());
        if (agent.role().equals("gateway")) {
            environment.put("LIGHTVESSEL_CLUSTER_ENDPOINT", "127.0.0.1:" + ports.cluster(agent));
            environment.put("LIGHTVESSEL_CLUSTER_ARBITER", data.cluster().toString());
        }
        List<String> command = new ArrayList<>(home.agentCommand());
        command.addAll(List.of(
                "run",
                "--role",
                agent.role(),
                "--control-plane",
                "ws://127.0.0.1:" + ports.opamp() + "/v1/opamp",
                "--state",
                data.agentState(agent).toString(),
                "--name",
                agent.text()));
        String health = "http://127.0.0.1:" + ports.health(agent);
        String address = agent.role().equals("gateway")
                ? "OTLP 127.0.0.1:" + ports.otlpGrpc(agent) + " and :" + ports.otlpHttp(agent)
                : "pod logs in " + data.pods();
        return part(agent.text(), address, Part.Stage.AGENT, command, environment, () -> http.answers(health + "/"));
    }

    List<Part> shop() {
        String orders = "http://127.0.0.1:" + ports.orders();
        String storefront = "http://127.0.0.1:" + ports.storefront();
        return List.of(
                service("orders", "io.lightvessel.shop.Orders", ports.orders(), Map.of()),
                service(
                        "storefront",
                        "io.lightvessel.shop.Storefront",
                        ports.storefront(),
                        Map.of("SHOP_ORDERS_URL", orders)),
                part(
                        "shoppers",
                        "buying at " + storefront,
                        Part.Stage.SHOP,
                        Home.java(32, "-cp", home.shopJar().toString(), "io.lightvessel.shop.Shoppers"),
                        Map.of("SHOP_STOREFRONT_URL", storefront),
                        () -> true));
    }

    private Part service(String name, String mainClass, int port, Map<String, String> more) {
        PodLog log = new PodLog(data.pods(), "shop", name + "-0", name);
        Map<String, String> environment = new LinkedHashMap<>(more);
        environment.put("SHOP_PORT", String.valueOf(port));
        environment.put("OTEL_SERVICE_NAME", name);
        environment.put(
                "OTEL_RESOURCE_ATTRIBUTES",
                "service.namespace=shop,k8s.namespace.name=shop,k8s.pod.name=" + log.pod() + ",k8s.pod.uid=" + log.uid()
                        + ",k8s.container.name=" + name);
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + ports.otlpGrpc(AgentName.GATEWAY_1));
        environment.put("OTEL_METRIC_EXPORT_INTERVAL", "5000");
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "1000");
        environment.put("OTEL_LOGS_EXPORTER", "otlp");
        // Command lines of this machine are noise on every span.
        environment.put(
                "OTEL_JAVA_DISABLED_RESOURCE_PROVIDERS",
                "io.opentelemetry.instrumentation.resources.ProcessResourceProvider");
        List<String> command = Home.java(
                96, "-javaagent:" + home.javaAgent(), "-cp", home.shopJar().toString(), mainClass);
        return new Part(
                name,
                "http://127.0.0.1:" + port,
                Part.Stage.SHOP,
                command,
                environment,
                log.file(),
                Optional.of(log),
                () -> !Preflight.free(port),
                PATIENCE);
    }

    private Part part(
            String name,
            String address,
            Part.Stage stage,
            List<String> command,
            Map<String, String> environment,
            Part.Probe probe) {
        return new Part(name, address, stage, command, environment, data.log(name), Optional.empty(), probe, PATIENCE);
    }

    /** Prometheus only stores: the gateways scrape. */
    private Path writePrometheusConfiguration() {
        Path file = data.prometheus().resolve("prometheus.yml");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "global: {}\n");
            return file;
        } catch (IOException e) {
            throw new Failure(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    Ports ports() {
        return ports;
    }

    DataDir data() {
        return data;
    }

    boolean withPrometheus() {
        return prometheus.isPresent();
    }

    /** The program on the PATH, when it is installed. */
    static Optional<Path> findPrometheus() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path program = Path.of(directory, "prometheus");
            if (!directory.isEmpty() && Files.isExecutable(program) && Files.isRegularFile(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
