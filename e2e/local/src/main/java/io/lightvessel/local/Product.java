package io.lightvessel.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** The whole product, running on this machine: started as one, watched, and stopped as one. */
public final class Product implements AutoCloseable {

    private static final int DEATHS_ALLOWED = 5;
    private static final Duration REVIVAL_PAUSE = Duration.ofSeconds(3);
    private static final Duration LIVED_WELL = Duration.ofMinutes(10);

    private final Options options;
    private final Plan plan;
    private final Reporter reporter;
    private final FileChannel lock;
    private final Parts parts = new Parts();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Failure> fatal = new CompletableFuture<>();
    private final Instant startedAt = Instant.now();
    private volatile Run.Phase phase = Run.Phase.STARTING;

    private Product(Options options, Plan plan, Reporter reporter, FileChannel lock) {
        this.options = options;
        this.plan = plan;
        this.reporter = reporter;
        this.lock = lock;
    }

    /** Starts everything and returns when it works; when it does not, nothing is left running. */
    public static Product start(Home home, Options options, Reporter reporter) throws InterruptedException {
        Product product = prepare(home, options, reporter);
        try {
            product.run();
            product.declareReady();
            return product;
        } catch (InterruptedException | RuntimeException e) {
            product.close();
            throw e;
        }
    }

    /** Takes the data directory and checks what can be checked before anything starts. */
    static Product prepare(Home home, Options options, Reporter reporter) throws InterruptedException {
        home.requireBuilt();
        home.markInUse();
        DataDir data = new DataDir(options.data());
        Preflight.requireSpace(options.data());
        FileChannel lock = lock(data);
        try {
            Optional<Run> earlier = Run.read(data);
            if (earlier.isPresent() && !earlier.get().leftovers().isEmpty()) {
                reporter.say("Stopping what a killed supervisor left behind.");
                Processes.end(earlier.get().leftovers(), Duration.ofSeconds(12));
            }
            Plan plan = new Plan(home, options, Plan.findPrometheus());
            Preflight.requireFree(plan.ports().uses(options.demo(), plan.withPrometheus()));
            return new Product(options, plan, reporter, lock);
        } catch (InterruptedException | RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    void run() throws InterruptedException {
        record();
        Thread recorder = Thread.ofVirtual().name("run-file").start(this::recordWhileRunning);
        try {
            new Startup(plan, options, parts, reporter).run();
        } catch (InterruptedException | RuntimeException e) {
            recorder.interrupt();
            throw e;
        }
        parts.members().forEach(member -> watch(parts.get(member.name()), 0));
    }

    /** From here on others are told that it is ready: what they wait for has been said before. */
    void declareReady() {
        phase = Run.Phase.READY;
        record();
    }

    /** Waits until the product cannot go on. */
    Failure awaitFailure() throws InterruptedException {
        try {
            return fatal.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("watching the parts failed", e.getCause());
        }
    }

    public Ports ports() {
        return plan.ports();
    }

    public DataDir data() {
        return plan.data();
    }

    public ControlPlane controlPlane() {
        return new ControlPlane(options.port(), data());
    }

    public Backends backends() {
        return new Backends(ports());
    }

    public boolean withPrometheus() {
        return plan.withPrometheus();
    }

    public ProcessHandle process(String part) {
        return parts.get(part).handle();
    }

    /** Kills a part as kill -9 does and keeps it down until it is let up again. */
    public void killAndHold(String part) throws InterruptedException {
        held.add(part);
        parts.get(part).kill();
    }

    /** Starts a part that was held down, and returns when it does its work. */
    public void letUp(String part) throws InterruptedException {
        RunningPart again = parts.start(parts.get(part).part());
        again.awaitReady();
        held.remove(part);
        watch(again, 0);
        record();
    }

    /** Stops everything; returns when nothing is left. */
    @Override
    public void close() {
        phase = Run.Phase.STOPPING;
        boolean interrupted = Thread.interrupted();
        try {
            parts.stopAll();
            Files.deleteIfExists(data().runFile());
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (IOException e) {
            reporter.say(data().runFile() + " cannot be removed: " + e.getMessage());
        } finally {
            close(lock);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch(RunningPart part, int deaths) {
        Instant from = Instant.now();
        part.onExit().thenRunAsync(() -> {
            boolean livedWell = Duration.between(from, Instant.now()).compareTo(LIVED_WELL) > 0;
            died(part, livedWell ? 1 : deaths + 1);
        });
    }

    private void died(RunningPart part, int deaths) {
        String name = part.part().name();
        try {
            // On Ctrl-C the parts get the signal too, and may end before the supervisor has begun to stop.
            Thread.sleep(REVIVAL_PAUSE.multipliedBy(deaths));
            if (parts.stopping() || held.contains(name) || parts.get(name) != part) {
                return;
            }
            if (deaths > DEATHS_ALLOWED) {
                fatal.complete(part.death());
                return;
            }
            reporter.say(name + " ended with " + part.exit() + "; starting it again (" + deaths + " of "
                    + DEATHS_ALLOWED + "). Its log: " + part.part().log());
            RunningPart again = parts.start(part.part());
            record();
            watch(again, deaths);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Failure e) {
            fatal.complete(e);
        }
    }

    private void recordWhileRunning() {
        try {
            while (!parts.stopping()) {
                Thread.sleep(1_000);
                record();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Failure e) {
            fatal.complete(e);
        }
    }

    private synchronized void record() {
        if (!parts.stopping()) {
            new Run(
                            ProcessId.of(ProcessHandle.current()),
                            phase,
                            options.port(),
                            options.offset(),
                            options.demo(),
                            startedAt,
                            parts.members())
                    .write(data());
        }
    }

    private static FileChannel lock(DataDir data) {
        try {
            FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
            channel.close();
            throw new AlreadyRunning(data);
        } catch (OverlappingFileLockException e) {
            // This very process holds it, as tests do that run two products.
            throw new AlreadyRunning(data);
        } catch (IOException e) {
            throw new Failure(data.lock() + " cannot be locked: " + e.getMessage() + ".", e);
        }
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new Failure("The lock on the data directory could not be given back: " + e.getMessage() + ".", e);
        }
    }
}
