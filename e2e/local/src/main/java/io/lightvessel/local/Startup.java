package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The order in which the parts start, each as soon as what it needs is there, until telemetry flows. */
final class Startup {

    private static final Duration FIRST_TELEMETRY = Duration.ofSeconds(60);

    private final Plan plan;
    private final Options options;
    private final Parts parts;
    private final Reporter reporter;
    private final Instant begun = Instant.now();

    Startup(Plan plan, Options options, Parts parts, Reporter reporter) {
        this.plan = plan;
        this.options = options;
        this.parts = parts;
        this.reporter = reporter;
    }

    /** Returns when the product does what it should. */
    void run() throws InterruptedException {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletableFuture<Void> all = start(new Steps(threads, failed));
            CompletableFuture.anyOf(failed, all).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
        if (options.demo()) {
            awaitTelemetry();
        }
    }

    private CompletableFuture<Void> start(Steps steps) {
        CompletableFuture<Void> controlPlane = steps.now(() -> launch(plan.controlPlane()));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(controlPlane);
        all.add(steps.now(() -> launch(plan.sink())));
        plan.prometheus().ifPresent(part -> all.add(steps.now(() -> launch(part))));
        if (options.demo()) {
            for (AgentName name : AgentName.values()) {
                // They would start without the control plane, but then wait for their next attempt to reach it.
                all.add(steps.after(controlPlane, () -> agent(name)));
            }
            for (Part part : plan.shop()) {
                // A service takes longer to start than a gateway needs to listen.
                all.add(steps.after(controlPlane, () -> launch(part)));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private void agent(AgentName name) throws InterruptedException {
        if (enrolled(name)) {
            launch(plan.agent(name, Optional.empty()));
            return;
        }
        try {
            String token = new ControlPlane(options.port(), plan.data()).enrolmentToken(name);
            launch(plan.agent(name, Optional.of(token)));
        } catch (IOException e) {
            throw new Failure("The control plane gave no enrolment token for " + name.text() + ": " + e + ".", e);
        }
    }

    private void launch(Part part) throws InterruptedException {
        Instant from = Instant.now();
        parts.start(part).awaitReady();
        reporter.started(part, Duration.between(from, Instant.now()));
    }

    /** An agent keeps its credential in its state directory; what else is there does not enrol it. */
    private boolean enrolled(AgentName name) {
        return Files.isRegularFile(plan.data().agentState(name).resolve("connection.properties"));
    }

    private void awaitTelemetry() throws InterruptedException {
        Instant from = Instant.now();
        Instant deadline = from.plus(FIRST_TELEMETRY);
        for (String missing = missing(); !missing.isEmpty(); missing = missing()) {
            if (Instant.now().isAfter(deadline)) {
                throw new Failure("The product started, but after " + FIRST_TELEMETRY.toSeconds() + " s " + missing
                        + ". The logs are in " + plan.data().root().resolve("logs") + ".");
            }
            for (Run.Member member : parts.members()) {
                if (!member.alive()) {
                    throw parts.get(member.name()).death();
                }
            }
            Thread.sleep(200);
        }
    }

    private String missing() throws InterruptedException {
        try {
            Set<String> expected = new HashSet<>();
            for (AgentName name : AgentName.values()) {
                expected.add(name.text());
            }
            List<ControlPlane.Agent> agents = new ControlPlane(options.port(), plan.data()).agents();
            agents.stream()
                    .filter(agent -> agent.inSync() && agent.healthy())
                    .forEach(agent -> expected.remove(agent.name()));
            if (!expected.isEmpty()) {
                return "these agents are not healthy and in sync: " + String.join(", ", expected) + " (the API says "
                        + agents + ")";
            }
        } catch (IOException e) {
            return "the control plane does not list its agents: " + e.getMessage();
        }
        return new Backends(plan.ports()).missing(begun, plan.withPrometheus());
    }

    /** Runs steps on threads of their own and carries the first failure out at once. */
    private record Steps(ExecutorService threads, CompletableFuture<Void> failed) {

        CompletableFuture<Void> now(Step step) {
            return after(CompletableFuture.completedFuture(null), step);
        }

        CompletableFuture<Void> after(CompletableFuture<Void> earlier, Step step) {
            CompletableFuture<Void> done = earlier.thenRunAsync(() -> perform(step), threads);
            done.whenComplete((nothing, problem) -> {
                if (problem != null) {
                    Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                            ? problem.getCause()
                            : problem;
                    failed.completeExceptionally(cause);
                }
            });
            return done;
        }

        private static void perform(Step step) {
            try {
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }

    /** One step of the start. */
    private interface Step {
        void run() throws InterruptedException;
    }
}
