package io.lightvessel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.conformance.cases.Case;
import io.lightvessel.conformance.cases.Level;
import io.lightvessel.conformance.cases.Suite;
import io.lightvessel.conformance.client.Target.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Servers that are wrong in known ways: what the suite has to find. */
class BrokenServersIT {

    /** Answers everything alike. */
    private record Parrot(HttpServer server, ExecutorService threads) implements AutoCloseable {

        static Parrot saying(int status, Map<String, String> headers, byte[] body) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().skip(Long.MAX_VALUE);
                    headers.forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return new Parrot(server, threads);
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.close();
        }
    }

    private static Set<String> must(Predicate<String> id) {
        Set<String> ids = new TreeSet<>();
        for (Case one : Suite.all()) {
            if (one.level() == Level.MUST && one.protocol() == Protocol.HTTP && id.test(one.id())) {
                ids.add(one.id());
            }
        }
        return ids;
    }

    @Test
    void serverThatTakesEverythingAsTextFailsWhatAsksForMore() throws Exception {
        try (Parrot server = Parrot.saying(200, Map.of("content-type", "text/plain"), new byte[] {'o', 'k'})) {
            Run run = Run.of(server.url());

            assertThat(run.exit()).isEqualTo(1);
            Set<String> failed = run.cases("MUST", "fail").keySet();
            // All that is about responses, refusals and errors ...
            Predicate<String> more = id -> id.startsWith("errors.")
                    || id.startsWith("json.wrong.")
                    || id.startsWith("values.")
                    || id.startsWith("compression.http.broken.")
                    || id.endsWith(".bomb")
                    || id.endsWith(".response")
                    || id.matches("http\\.(traces|metrics|logs)\\.(protobuf|json)\\.content-type")
                    || id.startsWith("http.method.")
                    || Set.of(
                                    "http.path.unknown",
                                    "http.content-type.unknown",
                                    "http.content-type.missing",
                                    "http.unknown-fields",
                                    "compression.http.unknown")
                            .contains(id);
            assertThat(failed).containsAll(must(more));
            assertThat(must(more)).hasSizeGreaterThan(60);
            // ... and nothing that only asks for 200.
            assertThat(failed)
                    .doesNotContain("http.traces.protobuf", "json.ids.upper", "compression.http.traces.protobuf.gzip");
            assertThat(run.cases("MUST", "fail"))
                    .containsEntry("http.traces.protobuf.content-type", "200, text/plain, 2 bytes, ok")
                    .containsEntry("errors.http.logs.json.400", "200, text/plain, 2 bytes, ok");
        }
    }

    @Test
    void partialSuccessThatIsSetIsFound() throws Exception {
        Map<String, String> protobuf = Map.of("content-type", "application/x-protobuf");
        try (Parrot server = Parrot.saying(200, protobuf, new byte[] {0x0a, 0})) {
            Run run = Run.of(server.url(), "--only", "^http\\.traces\\.protobuf");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.cases("MUST", "fail"))
                    .isEqualTo(Map.of(
                            "http.traces.protobuf.response",
                            "200, application/x-protobuf, 2 bytes: partial_success is set"));
            assertThat(run.cases("MUST", "pass").keySet())
                    .containsExactly("http.traces.protobuf", "http.traces.protobuf.content-type");
        }
    }

    @Test
    void busyServerIsHeldToTheFormsOfBeingBusy() throws Exception {
        Map<String, String> soon = Map.of("retry-after", "soon", "content-type", "application/x-protobuf");
        try (Parrot server = Parrot.saying(503, soon, new byte[] {0x12, 1, 'x'})) {
            Run run = Run.of(server.url(), "--only", "^backpressure|^http.path.unknown$");

            assertThat(run.cases("MUST", "fail"))
                    .isEqualTo(Map.of(
                            "backpressure.http.retry-after",
                            "503, application/x-protobuf, 3 bytes, Status: x: retry-after: soon",
                            "http.path.unknown",
                            "503, application/x-protobuf, 3 bytes, Status: x: clients retry this for ever"));
            assertThat(run.cases("MUST", "pass").keySet()).containsExactly("backpressure.http.status");
        }
        Map<String, String> date =
                Map.of("retry-after", "Fri, 27 Nov 2026 13:00:00 GMT", "content-type", "application/x-protobuf");
        try (Parrot server = Parrot.saying(429, date, new byte[] {0x12, 1, 'x'})) {
            Run run = Run.of(server.url(), "--only", "^backpressure");

            assertThat(run.exit()).isZero();
            assertThat(run.cases("MUST", "pass").keySet())
                    .containsExactly("backpressure.http.retry-after", "backpressure.http.status");
        }
    }

    @Test
    void serverThatOnlyHangsUpFailsAllButWhatItHasToRefuse() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        server.accept().close();
                    } catch (IOException e) {
                        return;
                    }
                }
            });

            Run run = Run.of("grpc://127.0.0.1:" + server.getLocalPort(), "--only", "^grpc\\.");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.cases("MUST", "pass").keySet())
                    .containsExactly(
                            "grpc.message.cut", "grpc.message.none", "grpc.message.prefix", "grpc.message.two");
            assertThat(run.cases("SHOULD", "pass").keySet()).isEqualTo(Set.of("grpc.message.flag"));
        }
    }

    @Test
    void idsOfCasesAreUnique() {
        List<String> ids = Suite.all().stream().map(Case::id).toList();

        assertThat(ids).doesNotHaveDuplicates();
    }
}
