package io.lightvessel.gateway.prometheus;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteRequestsFuzzTest {
    /** The walk looks no deeper than data points; what is damaged below meets the translation first. */
    @Test
    void whateverTheWalkLetsThroughIsWrittenOrRefused() {
        PrwOptions options =
                new PrwOptions(Map.of("cluster", "a"), "n", true, false, true, true, new Naming(true, true), true);
        WriteRequests requests = new WriteRequests(options, 4096);
        Fuzz.run(
                "remote-write",
                4000,
                input -> {
                    Payload payload = Payload.walk(Signal.METRICS, Unpooled.wrappedBuffer(input));
                    try {
                        int old = requests.of(payload.bytes(), Protocol.V1)
                                .parts()
                                .size();
                        return old
                                + requests.of(payload.bytes(), Protocol.V2)
                                        .parts()
                                        .size();
                    } finally {
                        payload.release();
                    }
                },
                MalformedPayload.class);
    }
}
