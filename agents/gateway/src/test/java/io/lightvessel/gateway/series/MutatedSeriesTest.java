package io.lightvessel.gateway.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Series whose bytes are damaged are refused or become as many points as they are records; nothing else happens. */
class MutatedSeriesTest {

    private static byte[] whole() {
        Scrape scrape = Scrape.of("job", "host:1");
        for (String bound : new String[] {"0.5", "1", "+Inf"}) {
            scrape.series(Scrape.HISTOGRAM, "h_bucket", "le", bound)
                    .help("How long.")
                    .unit("seconds")
                    .since(1)
                    .value(3)
                    .exemplar(0.1, 5, "trace_id", "0102030405060708090a0b0c0d0e0f10")
                    .end();
        }
        scrape.series(Scrape.HISTOGRAM, "h_count").value(3).end();
        scrape.series(Scrape.SUMMARY, "s", "quantile", "0.5").value(1).end();
        scrape.series(Scrape.HISTOGRAM, "n")
                .histogram(out -> {
                    out.writeUInt64(1, 4);
                    out.writeSInt32(4, 3);
                    out.writeByteArray(11, Scrape.message(span -> {
                        span.writeSInt32(1, 2);
                        span.writeUInt32(2, 2);
                    }));
                    out.writeByteArray(12, Scrape.message(deltas -> {
                        deltas.writeSInt64NoTag(1);
                        deltas.writeSInt64NoTag(2);
                    }));
                })
                .end();
        return scrape.gauge("g", 1, "otel_scope_name", "lib")
                .gauge("target_info", 1, "a", "b")
                .toByteArray();
    }

    @Test
    void damagedSeriesAreRefusedOrKeepTheirCount() {
        Random random = new Random(815);
        byte[] whole = whole();
        int refused = 0;
        int converted = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ByteBuf bytes = Unpooled.wrappedBuffer(damaged);
            try {
                Payload payload = Payload.series(bytes, null);
                ByteBuf otlp = new SeriesToOtlp().toOtlp(payload);
                Payload walked = Payload.walk(Signal.METRICS, otlp);
                assertThat(walked.records()).isEqualTo(payload.records());
                converted++;
            } catch (MalformedPayload e) {
                refused++;
            } catch (RuntimeException e) {
                fail("round " + round, e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(converted).isGreaterThan(1000);
    }
}
