package io.lightvessel.collector.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Feeds a reader of foreign bytes with mutations of the files in {@code src/test/resources/fuzz/<name>}: it may answer or throw
 * what it declares, and has to come to an end. The seed is fixed, so that every machine finds the same.
 */
public final class Fuzz {
    private static final long SEED = Long.getLong("lightvessel.fuzz.seed", 1);
    /** So many times the usual number of inputs. */
    private static final int ROUNDS = Integer.getInteger("lightvessel.fuzz.rounds", 1);

    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);
    private static final long[] EDGES = {
        0, 1, -1, 0x7f, 0xff, 0x7fff, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private Fuzz() {}

    /** Takes an input and says in a few words what it made of it. */
    public interface Target {
        Object take(byte[] input) throws Exception;
    }

    public static void run(String name, int inputs, Target target, Class<? extends Exception> declared) {
        AtomicReference<byte[]> current = new AtomicReference<>(new byte[0]);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = Thread.ofPlatform().daemon().start(() -> {
            try {
                work(name, inputs * ROUNDS, target, declared, current);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        try {
            if (!worker.join(HANGS_AFTER.multipliedBy(ROUNDS))) {
                AssertionError hangs = new AssertionError("hangs");
                hangs.setStackTrace(worker.getStackTrace());
                failure.set(hangs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw found(name, current.get(), failure.get());
        }
    }

    private static void work(
            String name,
            int inputs,
            Target target,
            Class<? extends Exception> declared,
            AtomicReference<byte[]> current)
            throws Exception {
        Random random = new Random(SEED);
        List<byte[]> corpus = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", name))) {
            for (Path file : files.sorted().toList()) {
                byte[] seed = Files.readAllBytes(file);
                current.set(seed);
                target.take(seed);
                corpus.add(seed);
            }
        }
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < inputs; i++) {
            byte[] input = mutate(corpus.get(random.nextInt(corpus.size())), random);
            current.set(input);
            String answer;
            try {
                answer = String.valueOf(target.take(input.clone()));
            } catch (Exception e) {
                if (e.getClass() != declared) {
                    throw e;
                }
                answer = String.valueOf(e.getMessage());
            }
            if (answers.add(answer.replaceAll("\\d+", "#")) && corpus.size() < 1000) {
                corpus.add(input);
            }
        }
        if (answers.size() < 2) {
            throw new AssertionError("always the same answer: nothing was tried");
        }
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] input = seed.clone();
        for (int i = random.nextInt(4); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(5)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = (byte) random.nextInt(256);
                case 2 -> {
                    // Numbers in files are aligned as a rule.
                    long edge = EDGES[random.nextInt(EDGES.length)];
                    int aligned = at & ~7;
                    for (int b = 0; b < 1 << random.nextInt(4) && aligned + b < input.length; b++) {
                        input[aligned + b] = (byte) (edge >>> 8 * b);
                    }
                }
                case 3 -> input = java.util.Arrays.copyOf(input, at);
                default -> System.arraycopy(input, at, input, 0, Math.min(16, input.length - at));
            }
        }
        return input;
    }

    private static AssertionError found(String name, byte[] input, Throwable cause) {
        Path file = Path.of("target/fuzz", name + "-" + SEED);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new AssertionError(name + ": " + cause + " for the input in " + file, cause);
    }
}
