package io.lightvessel.gateway.pprof;

import static io.lightvessel.gateway.testing.HostileServer.head;
import static io.lightvessel.gateway.testing.HostileServer.hold;
import static io.lightvessel.gateway.testing.HostileServer.page;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.HostileServer;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets that answer with anything but a profile, beside one that is fine. */
class HostileProfilesTest {
    private static final String BINARY = "Content-Type: application/octet-stream";

    /** @param error what the target's error contains */
    private record Hostile(String settings, String error) {}

    private final Map<String, Hostile> hostile = new LinkedHashMap<>();
    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("pprof", 64 << 20);
    private HostileServer server;
    private HostileServer elsewhere;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        server = new HostileServer();
        elsewhere = new HostileServer();
        server.answers.put("/fine/profile", page("application/octet-stream", profile()));
    }

    @AfterEach
    void stop() throws Exception {
        if (receiver != null) {
            receiver.stop(Duration.ofSeconds(2));
        }
        transport.close();
        server.close();
        elsewhere.close();
    }

    private static byte[] profile() {
        return new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
    }

    private void on(String name, String settings, String error, HostileServer.Answer answer) {
        hostile.put(name, new Hostile(settings, error));
        server.answers.put("/" + name + "/profile", answer);
    }

    private static HostileServer.Answer redirect(String location) {
        return out -> out.write(
                ("HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 30; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }

    private void answers() throws IOException {
        byte[] whole = profile();
        on("endless", "body_size_limit: 100KB", "body_size_limit", out -> {
            out.write(head(BINARY));
            hold(out, new byte[8000]);
        });
        on("bomb", "body_size_limit: 1MB", "body_size_limit", page("application/octet-stream", bomb()));
        on("drip", "scrape_timeout: 700ms", "no answer within 700 ms", out -> {
            out.write(head(BINARY));
            hold(out, new byte[] {31});
        });
        on("silent", "scrape_timeout: 700ms", "no answer within 700 ms", out -> hold(out, new byte[0]));
        on("cut", "", "closed", out -> {
            out.write(head(BINARY, "Content-Length: " + whole.length));
            out.write(whole, 0, whole.length / 2);
        });
        on("loop", "", "stopped after 10 redirects", redirect("/loop/profile"));
        on("to-file", "", "a redirect to another scheme", redirect("file:///etc/passwd"));
        on("to-nothing", "", "refused", redirect("http://127.0.0.1:1/"));
        on("not-followed", "follow_redirects: false", "302", redirect("/fine/profile"));
        on(
                "to-other",
                "basic_auth: {username: u, password: hidden}",
                "",
                redirect("http://" + elsewhere.address() + "/profile"));
        on("html", "", "", page("<html><body>sign in</body></html>"));
    }

    @Test
    void theyAreDownWithTheReasonAndTheOthersArePulled() throws Exception {
        answers();
        TargetSource source = run();

        for (Map.Entry<String, Hostile> one : hostile.entrySet()) {
            String expected = one.getValue().error();
            Eventually.isTrue(
                    one.getKey() + " is down with '" + expected + "'",
                    () -> of(source, one.getKey()).state() == TargetSnapshot.State.DOWN
                            && of(source, one.getKey()).error().contains(expected));
        }
        int before = server.requests.size();
        Eventually.isTrue(
                "the good one is pulled on and on",
                () -> server.requests.subList(before, server.requests.size()).stream()
                        .anyMatch(head -> head.startsWith("GET /fine/")));
        assertThat(of(source, "fine").state()).isEqualTo(TargetSnapshot.State.UP);
        PushedProfile pushed = PushedProfile.only(context.next().bytes());
        assertThat(pushed.raw()).isEqualTo(profile());
        assertThat(elsewhere.requests)
                .as("credentials stay with the host they are for")
                .isNotEmpty()
                .noneMatch(head -> head.contains("Authorization"));
        receiver.stop(Duration.ofSeconds(2));
        Eventually.isTrue("all budget is given back", () -> context.budget.used() == 0);
    }

    private static TargetSnapshot of(TargetSource source, String job) {
        return source.targets().stream()
                .filter(target -> target.job().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private TargetSource run() throws Exception {
        List<String> jobs = new ArrayList<>(List.of(job("fine", "")));
        hostile.forEach((name, target) -> jobs.add(job(name, target.settings())));
        Prepared<Receiver> prepared = new PprofReceiverFactory(transport, new Discoveries(transport))
                .prepare(
                        context,
                        TestContext.settings(
                                "receivers",
                                "pprof",
                                "pprof: {scrape_configs: [" + String.join(", ", jobs) + "]}",
                                "profiles"),
                        null);
        receiver = prepared.component();
        prepared.commit();
        TargetSource source = (TargetSource) receiver;
        Eventually.isTrue("all are discovered", () -> source.targets().size() == hostile.size() + 1);
        return source;
    }

    private String job(String name, String settings) {
        return ("{job_name: %s, scrape_interval: 1s, static_configs: [{targets: ['%s']}], profiling_config: {"
                        + "profile.memory: {enabled: false}, profile.block: {enabled: false}, profile.mutex: {enabled: false},"
                        + " profile.process_cpu: {enabled: false}, profile.goroutine: {path: /%s/profile}}%s}")
                .formatted(name, server.address(), name, settings.isEmpty() ? "" : ", " + settings);
    }
}
