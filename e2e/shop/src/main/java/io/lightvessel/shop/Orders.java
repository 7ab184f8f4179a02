package io.lightvessel.shop;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orders service: takes an order, counts it, and is slow or fails now and then as real services do. */
public final class Orders {

    private static final Logger log = LoggerFactory.getLogger(Orders.class);
    private static final AttributeKey<String> ITEM = AttributeKey.stringKey("shop.item");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("shop.outcome");

    private final RandomGenerator random;
    private final AtomicLong numbers = new AtomicLong(1_000);
    private final LongCounter orders;
    private final DoubleHistogram values;

    Orders(Meter meter, RandomGenerator random) {
        this.random = random;
        orders = meter.counterBuilder("shop.orders")
                .setDescription("Orders by item and outcome")
                .setUnit("{order}")
                .build();
        values = meter.histogramBuilder("shop.order.value")
                .setDescription("Value of accepted orders")
                .setUnit("EUR")
                .build();
    }

    /** Starts the service on SHOP_PORT. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.from(System.getenv(), 18_091);
        Orders orders = new Orders(GlobalOpenTelemetry.getMeter("io.lightvessel.shop"), RandomGenerator.getDefault());
        Web web = new Web(settings.port()).on("/orders", orders::place).start();
        log.info("orders listens on 127.0.0.1:{}", web.port());
    }

    Web.Answer place(Map<String, String> query) throws InterruptedException {
        String item = query.getOrDefault("item", "");
        if (!Catalogue.sells(item)) {
            log.warn("refused an order: item \"{}\" is not sold here", item);
            return counted(item, "refused", new Web.Answer(400, "item: " + item + " (expected: one we sell)"));
        }
        int chance = random.nextInt(100);
        if (chance < 3) {
            log.error("order of a {} failed: the payment provider did not answer", item);
            return counted(item, "failed", new Web.Answer(503, "payment provider did not answer"));
        }
        if (chance < 10) {
            log.warn("order of a {} is slow: the stock is being counted", item);
            Thread.sleep(400 + random.nextInt(800));
        }
        long number = numbers.incrementAndGet();
        values.record(Catalogue.price(item) / 100.0, Attributes.of(ITEM, item));
        log.info("order {} accepted: one {}", number, item);
        return counted(item, "accepted", new Web.Answer(201, "order " + number));
    }

    private Web.Answer counted(String item, String outcome, Web.Answer answer) {
        // Unknown items come from outside and must not become a new series each.
        orders.add(1, Attributes.of(ITEM, Catalogue.sells(item) ? item : "unknown", OUTCOME, outcome));
        return answer;
    }
}
