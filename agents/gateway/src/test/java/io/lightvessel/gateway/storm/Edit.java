package io.lightvessel.gateway.storm;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The ways in which a storm changes its config, and what is to come of each. */
enum Edit {
    REMOVE_PROCESSOR(config -> config.processors.remove("resource")),
    ADD_PROCESSOR(config -> {
        if (!config.processors.contains("resource")) {
            config.processors.addFirst("resource");
        }
    }),
    REORDER_PROCESSORS(config -> Collections.rotate(config.processors, 1)),
    TOGGLE_BATCH(config -> {
        if (!config.processors.remove("batch")) {
            config.processors.add("batch");
        }
    }),
    BATCH_SIZE(config -> config.batchSize = 20 + (config.batchSize + 37) % 200),
    BATCH_TIMEOUT(config -> config.batchMillis = 1 + (config.batchMillis + 7) % 20),
    PROCESSOR_SETTING(config -> config.generation++),
    MEMORY_LIMIT(config -> config.limitMib = 100 + (config.limitMib + 13) % 100),
    QUEUE_SIZE(config -> config.queueSize = 10_000 + (config.queueSize + 1_234) % 20_000),
    QUEUE_SIZER(config -> config.sizer = next(config.sizer, List.of("requests", "items", "bytes"))),
    CONSUMERS(config -> config.consumers = 1 + (config.consumers + 3) % 12),
    RETRY(config -> config.retryMillis = 1 + (config.retryMillis + 1) % 9),
    COMPRESSION(config -> config.compression = next(config.compression, List.of("none", "gzip"))),
    EXPORTER_TIMEOUT(config -> config.timeoutSeconds = 5 + (config.timeoutSeconds + 1) % 20),
    EXPORTER_ENDPOINT(config -> config.backend = 1 - config.backend),
    TOGGLE_EXPORTER(config -> config.secondExporter = !config.secondExporter),
    TOGGLE_PIPELINE(config -> config.extraPipeline = !config.extraPipeline),
    RENAME_PIPELINE(config -> config.renamed = !config.renamed),
    MESSAGE_LIMIT(config -> config.messageMib = 1 + (config.messageMib + 1) % 16),
    STREAM_LIMIT(config -> config.streams = 50 + (config.streams + 17) % 200),
    TOGGLE_PROTOCOL(config -> config.http = !config.http),
    TOGGLE_CREDENTIALS(config -> config.authenticated = !config.authenticated),
    TOKEN(config -> {
        config.authenticated = true;
        config.generation++;
    }),
    NOTHING(config -> {}),
    /** Cannot be parsed: never reaches the engine. */
    UNKNOWN_KEY(config -> config.mistake = "  otlp/wrong: {endpont: \"127.0.0.1:1\"}\n"),
    /** Parses, and cannot start: the engine has to take everything back. */
    CANNOT_START(config -> {
        config.batchSize++;
        config.impossible = "/proc/no/such/place";
    });

    private final Consumer<StormConfig> change;

    Edit(Consumer<StormConfig> change) {
        this.change = change;
    }

    void applyTo(StormConfig config) {
        change.accept(config);
    }

    private static String next(String current, List<String> all) {
        return all.get((all.indexOf(current) + 1) % all.size());
    }
}
