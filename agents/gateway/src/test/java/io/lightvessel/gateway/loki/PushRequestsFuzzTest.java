package io.lightvessel.gateway.loki;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushRequestsFuzzTest {
    /** The walk looks no deeper than records; what is damaged below meets the translation first. */
    @Test
    void whateverTheWalkLetsThroughIsPushedOrRefused() {
        LokiOptions options = new LokiOptions(
                true,
                true,
                true,
                true,
                LokiOptions.keys(List.of("service.name")),
                LokiOptions.keys(List.of("k")),
                true,
                LineFormat.JSON,
                5,
                200,
                true);
        PushRequests requests = new PushRequests(options, 4096);
        Fuzz.run(
                "loki-push",
                4000,
                input -> {
                    Payload payload = Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(input));
                    try {
                        return requests.of(payload.bytes(), Instant.EPOCH)
                                .parts()
                                .size();
                    } finally {
                        payload.release();
                    }
                },
                MalformedPayload.class);
    }
}
