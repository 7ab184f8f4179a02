package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.PlainHttp;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients at once and more telemetry than there is memory for. */
class CrowdTest {
    private static final String YAML = "otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}";

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean enough = new AtomicBoolean();
    private ReceiverKit kit;

    private void start(long budget) throws Exception {
        kit = new ReceiverKit(YAML, new TestContext("otlp", budget), Timeouts.DEFAULT);
        // A backend that takes its time, so that memory stays in use.
        kit.context.behaviour = (payload, result) -> {
            // Copies for tests to look at; here they would fill the heap.
            kit.context.taken.clear();
            kit.context.timer().schedule(Duration.ofMillis(20), () -> deliver(payload, result));
        };
    }

    private static void deliver(Payload payload, Result result) {
        payload.release();
        result.accepted();
    }

    @AfterEach
    void stop() {
        enough.set(true);
        clients.shutdownNow();
        kit.close();
        assertThat(kit.context.budget.used()).isZero();
    }

    @Test
    void aModestClientGetsInBesideOneThatFloods() throws Exception {
        start(8 << 20);
        byte[] large = Requests.logs(100, 2000).toByteArray();
        byte[] small = Requests.logs(10, 2000).toByteArray();
        AtomicInteger floodRefused = new AtomicInteger();
        List<Future<?>> flood = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            flood.add(clients.submit(() -> {
                try (PlainHttp hog = new PlainHttp("127.0.0.2", kit.httpPort())) {
                    while (!enough.get()) {
                        if (hog.post("/v1/logs", large) == 503) {
                            floodRefused.incrementAndGet();
                        }
                    }
                }
                return null;
            }));
        }
        // Most of the flood is held back; refusals show that holding back was not enough.
        while (floodRefused.get() < 10) {
            Thread.onSpinWait();
            Thread.sleep(1);
        }
        int accepted = 0;
        int sent = 0;
        int before = floodRefused.get();
        try (PlainHttp modest = new PlainHttp("127.0.0.3", kit.httpPort())) {
            for (; sent < 40 || sent < 400 && floodRefused.get() == before; sent++) {
                accepted += modest.post("/v1/logs", small) == 200 ? 1 : 0;
            }
        }
        enough.set(true);
        for (Future<?> client : flood) {
            client.get(20, TimeUnit.SECONDS);
        }
        assertThat(floodRefused.get()).as("refused of the flood meanwhile").isGreaterThan(before);
        assertThat(accepted).as("accepted of the modest client's " + sent).isGreaterThan(sent / 10 * 9);
    }

    @Test
    void aThousandClientsAreAllServedInTheEnd() throws Exception {
        start(4 << 20);
        byte[] body = Requests.logs(10, 2000).toByteArray();
        AtomicInteger accepted = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String address = "127.1." + i / 250 + "." + (1 + i % 250);
            all.add(clients.submit(() -> {
                try (PlainHttp client = new PlainHttp(address, kit.httpPort())) {
                    for (int sent = 0; sent < 3; ) {
                        int status = client.post("/v1/logs", body);
                        if (status == 200) {
                            sent++;
                            accepted.incrementAndGet();
                        } else {
                            assertThat(status).isEqualTo(503);
                            Thread.sleep(20);
                        }
                    }
                }
                return null;
            }));
        }
        for (Future<?> client : all) {
            client.get(60, TimeUnit.SECONDS);
        }
        assertThat(accepted).hasValue(3000);
    }
}
