package io.lightvessel.pipeline;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all parts of an engine share. */
record Means(
        EngineOptions options,
        Timer timer,
        Executor workers,
        RandomGenerator random,
        Books books,
        OwnMetrics metrics,
        ByteBudget budget,
        FormConverters converters,
        Runnable healthChanged,
        Supplier<ComponentHealth> agentHealth) {

    HealthCell healthCell(String name) {
        return new HealthCell(name, timer, healthChanged);
    }
}
