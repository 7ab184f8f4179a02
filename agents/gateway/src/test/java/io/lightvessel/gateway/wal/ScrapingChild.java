package io.lightvessel.gateway.wal;

import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Injector;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.pipeline.Refusal;
import java.util.List;

/**
 * A process that hands on scrapes of some targets, numbered from where it is told to begin, and prints the number of each
 * round that is safe in the write-ahead log. It ends when it is killed, or on its own after a number of rounds, having
 * delivered everything.
 */
final class ScrapingChild {

    static final int TARGETS = 3;

    private ScrapingChild() {}

    /** Arguments: URL, directory of the log, first number, number of rounds, and the number under which to begin. */
    public static void main(String[] args) throws Exception {
        Injector scraper = new Injector();
        try (GatewayComponents components = GatewayComponents.create();
                Engine engine = Engine.create(
                        EngineOptions.defaults("1.0", "test"),
                        new ComponentFactories(
                                List.of(scraper),
                                List.of(),
                                components.exporters(),
                                List.of(),
                                components.converters()))) {
            engine.apply(Engines.parse("""
                    receivers: { otlp: { protocols: { grpc: } } }
                    exporters:
                      prometheusremotewrite:
                        endpoint: "%s"
                        batch_send_deadline: 20ms
                        wal: { directory: "%s", max_size_mib: 64 }
                        retry_on_failure: { initial_interval: 50ms, max_interval: 200ms }
                    service:
                      pipelines: { metrics: { receivers: [otlp], exporters: [prometheusremotewrite] } }
                    """.formatted(args[0], args[1])));
            int first = Integer.parseInt(args[2]);
            int rounds = Integer.parseInt(args[3]);
            for (int number = first; number < first + rounds; number++) {
                round(scraper, number);
                System.out.println("safe " + number);
                Thread.sleep(5);
            }
            while (engine.flow().pipelines().stream()
                    .anyMatch(pipeline -> pipeline.queued().records() > 0)) {
                Thread.sleep(20);
            }
            System.out.println("done balanced="
                    + engine.flow().pipelines().getFirst().isBalanced() + " dropped="
                    + engine.flow().pipelines().getFirst().dropped());
        }
    }

    private static void round(Injector scraper, int number) throws Exception {
        for (int target = 1; target <= TARGETS; target++) {
            Refusal refusal = scraper.send(Scrape.of("wal", "target-" + target)
                            .at(System.currentTimeMillis())
                            .counter("round_total", number)
                            .gauge("round", number)
                            .payload(target))
                    .get();
            if (refusal != null) {
                throw new IllegalStateException(refusal.message());
            }
        }
    }
}
