package io.lightvessel.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code up}: starts the product, says so, and stays until it is stopped. */
final class Up {

    private final Home home;
    private final Options options;
    private final Reporter reporter = Reporter.to(System.out);

    Up(Home home, Options options) {
        this.home = home;
        this.options = options;
    }

    int run() throws InterruptedException {
        Instant from = Instant.now();
        Product product;
        try {
            product = Product.prepare(home, options, reporter);
        } catch (AlreadyRunning e) {
            return sayThatItRuns(new DataDir(options.data()), options, reporter);
        }
        AtomicBoolean stopping = new AtomicBoolean();
        CountDownLatch stopped = new CountDownLatch(1);
        // Ctrl-C and SIGTERM arrive here; the process must not end before everything it started has.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(product, stopping, stopped), "stop"));
        try {
            product.run();
            announce(product, Duration.between(from, Instant.now()));
            product.declareReady();
            throw product.awaitFailure();
        } catch (Failure e) {
            // While stopping, parts end as they should: nothing to report.
            if (!stopping.get()) {
                System.err.println("lightvessel: " + e.sentence());
            }
            return 1;
        } finally {
            if (stopping.compareAndSet(false, true)) {
                product.close();
                stopped.countDown();
            }
        }
    }

    private void onSignal(Product product, AtomicBoolean stopping, CountDownLatch stopped) {
        if (stopping.compareAndSet(false, true)) {
            reporter.say("Stopping.");
            product.close();
            reporter.say("Stopped.");
            return;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(Product product, Duration took) {
        reporter.say(String.format(Locale.ROOT, "Ready after %.1f s.", took.toMillis() / 1000.0));
        reporter.say("");
        describe(product.data(), product.ports(), product.withPrometheus()).forEach(reporter::say);
    }

    static List<String> describe(DataDir data, Ports ports, boolean withPrometheus) {
        DataDir.SignIn signIn = data.signIn();
        return List.of(
                "  Console     http://127.0.0.1:" + ports.controlPlane(),
                "  Sign in     " + signIn.user() + " / " + signIn.password(),
                "  Prometheus  "
                        + (withPrometheus
                                ? "http://127.0.0.1:" + ports.prometheus()
                                : "not installed; the sink takes the metrics (Debian: apt-get install prometheus)"),
                "  Sink        http://127.0.0.1:" + ports.sinkHttp(),
                "  Data, logs  " + data.root());
    }

    static int sayThatItRuns(DataDir data, Options options, Reporter reporter) {
        Optional<Run> found = Run.read(data);
        if (found.isEmpty()) {
            reporter.say("A product is being started or stopped from " + data.root() + "; try again in a moment.");
            return 1;
        }
        Run run = found.get();
        reporter.say("Lightvessel runs from " + data.root() + " already (process "
                + run.supervisor().pid() + ", " + run.phase().name().toLowerCase(Locale.ROOT)
                + "): http://127.0.0.1:" + run.port() + ". ./lightvessel down stops it.");
        boolean same = run.port() == options.port() && run.offset() == options.offset() && run.demo() == options.demo();
        if (!same) {
            reporter.say("It was started with other options than these; stop it first, or use another --data DIR.");
        }
        return same && run.phase() == Run.Phase.READY ? 0 : 1;
    }
}
