package io.lightvessel.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * Feeds a parser with mutations of the files in {@code src/test/resources/fuzz/<target>}. It may answer or throw what it
 * declares, and nothing else, and must come to an end. Inputs after which it says something new are mutated further.
 *
 * <p>A run has a fixed number of inputs and a fixed seed, so that it finds the same on every machine. With {@code
 * -Dlightvessel.fuzz.seconds} Jazzer takes over for so long, which chooses inputs by the code that they reach.
 */
public final class Fuzz {
    private static final long SECONDS = Long.getLong("lightvessel.fuzz.seconds", 0);
    private static final long SEED = Long.getLong("lightvessel.fuzz.seed", 1);
    private static final long HANGS_AFTER = TimeUnit.SECONDS.toNanos(30);
    private static final int LARGEST_CORPUS = 2000;
    /** Where a test leaves its target when it is run only to get at it. */
    private static final ThreadLocal<AtomicReference<Fuzz>> CAPTURED = new ThreadLocal<>();

    /** Takes an input, checks what must hold, and says in a few words what it made of it. */
    public interface Target {
        Object take(byte[] input) throws Exception;
    }

    private record Attempt(byte[] input, long started) {}

    private final String name;
    private final Target target;
    private final Set<Class<? extends Exception>> declared;
    /** The seeds, and what was taken and answered in a new way. */
    private final List<byte[]> good = new ArrayList<>();
    /** All that was answered in a new way. */
    private final List<byte[]> corpus = new ArrayList<>();

    private final Set<String> seen = new HashSet<>();
    private final AtomicReference<Attempt> current = new AtomicReference<>(new Attempt(new byte[0], System.nanoTime()));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int accepted;
    private int refused;

    private Fuzz(String name, Target target, Set<Class<? extends Exception>> declared) {
        this.name = name;
        this.target = target;
        this.declared = declared;
    }

    /** @param declared what the target may throw; subclasses do not count */
    @SafeVarargs
    public static void run(String name, int inputs, Target target, Class<? extends Exception>... declared) {
        Fuzz fuzz = new Fuzz(name, target, Set.of(declared));
        AtomicReference<Fuzz> captured = CAPTURED.get();
        if (captured != null) {
            captured.set(fuzz);
        } else if (SECONDS > 0) {
            StackWalker.StackFrame test = StackWalker.getInstance()
                    .walk(frames -> frames.skip(1).findFirst().orElseThrow());
            JazzerRun.of(test.getClassName(), test.getMethodName(), name, SECONDS);
        } else {
            fuzz.run(inputs);
        }
    }

    /** The target of a test that is run for nothing else. */
    static Fuzz captured(Executable test) throws Exception {
        AtomicReference<Fuzz> captured = new AtomicReference<>();
        CAPTURED.set(captured);
        try {
            test.execute();
        } catch (Error | Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            CAPTURED.remove();
        }
        return captured.get();
    }

    String name() {
        return name;
    }

    /** Throws what the target may not throw. */
    void offer(byte[] input) throws Exception {
        try {
            target.take(input);
        } catch (Exception e) {
            if (!declared.contains(e.getClass())) {
                throw e;
            }
        }
    }

    private void run(int inputs) {
        Thread worker = Thread.ofPlatform().daemon().name("fuzz-" + name).start(() -> work(inputs));
        try {
            while (!worker.join(java.time.Duration.ofMillis(200))) {
                if (System.nanoTime() - current.get().started() > HANGS_AFTER) {
                    AssertionError hangs = new AssertionError(name + " hangs");
                    hangs.setStackTrace(worker.getStackTrace());
                    throw found(hangs);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw found(failure.get());
        }
        if (refused == 0) {
            throw new AssertionError(name + ": no input was refused (expected: some, else nothing was tried)");
        }
        System.out.println("fuzz " + name + ": " + accepted + " taken, " + refused + " refused, " + seen.size()
                + " different answers, seed " + SEED);
    }

    private void plant() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", name))) {
            for (Path file : files.sorted().toList()) {
                byte[] seed = Files.readAllBytes(file);
                once(seed);
                if (refused > 0) {
                    throw new AssertionError("seed " + file + " is refused: " + seen);
                }
                good.add(seed);
                corpus.add(seed);
            }
        }
    }

    private void work(int inputs) {
        Random random = new Random(SEED);
        Mutator mutator = new Mutator(random);
        try {
            plant();
            for (int i = 0; i < inputs; i++) {
                once(mutator.mutate(random.nextInt(4) > 0 ? good : corpus, corpus));
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void once(byte[] input) throws Exception {
        current.set(new Attempt(input, System.nanoTime()));
        String answer;
        boolean taken = false;
        try {
            answer = "taken " + target.take(input.clone());
            accepted++;
            taken = true;
        } catch (Exception e) {
            if (!declared.contains(e.getClass())) {
                throw e;
            }
            answer = e.getClass().getName() + " " + e.getMessage();
            refused++;
        }
        if (seen.add(answer.replaceAll("\\d+", "#")) && corpus.size() < LARGEST_CORPUS) {
            corpus.add(input);
            if (taken) {
                good.add(input);
            }
        }
    }

    private AssertionError found(Throwable cause) {
        Path file = Path.of("target/fuzz", name + "-" + SEED);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, current.get().input());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AssertionError(name + ": " + cause + " for the input in " + file, cause);
    }
}
