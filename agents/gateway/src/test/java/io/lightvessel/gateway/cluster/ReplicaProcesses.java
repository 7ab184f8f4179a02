package io.lightvessel.gateway.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Replicas as processes, and what each has said. */
final class ReplicaProcesses implements AutoCloseable {

    private static final long QUIET = 500_000_000;

    /** At that time the process held these. */
    record Said(long time, long holds, boolean leads, String standing, int replicas) {}

    static final class One {
        final Process process;
        final List<Said> said = new CopyOnWriteArrayList<>();
        private volatile @Nullable Said last;

        One(Process process) {
            this.process = process;
            Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            List<Said> batch = new ArrayList<>();
            try (BufferedReader reader = process.inputReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    String[] words = line.split(" ");
                    if (words.length == 5 && (words[2].equals("leads") || words[2].equals("follows"))) {
                        Said now = new Said(
                                Long.parseLong(words[0]),
                                Long.parseUnsignedLong(words[1], 16),
                                words[2].equals("leads"),
                                words[3],
                                Integer.parseInt(words[4]));
                        last = now;
                        batch.add(now);
                        if (!reader.ready()) {
                            said.addAll(batch);
                            batch.clear();
                        }
                    }
                }
            } catch (IOException e) {
                // The stream of a process that was killed ends in the middle.
                last = null;
            }
            said.addAll(batch);
        }

        /** What it said last, if it is running. */
        Said now() {
            Said known = last;
            return known == null || !process.isAlive() ? new Said(0, 0, false, "silent", 0) : known;
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    final List<One> all = new ArrayList<>();

    /** @param prefix what comes before the command, to run it in a network namespace for example */
    One start(List<String> prefix, String own, String peers, long leaseMs, int targets, @Nullable Path arbiter)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReplicaProcess.class.getName(),
                own,
                peers,
                String.valueOf(leaseMs),
                String.valueOf(targets),
                arbiter == null ? "-" : arbiter.toString()));
        One one = new One(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        all.add(one);
        return one;
    }

    long heldBy(List<One> some) {
        long held = 0;
        for (One one : some) {
            held |= one.now().holds();
        }
        return held;
    }

    /** No target was ever held by one process and, within half a second, by another and by the first again. */
    void assertNeverTwo(int targets) {
        record Hold(long time, int by) {}
        for (int target = 0; target < targets; target++) {
            List<Hold> holds = new ArrayList<>();
            for (int p = 0; p < all.size(); p++) {
                for (Said said : all.get(p).said) {
                    if ((said.holds() >>> target & 1) != 0) {
                        holds.add(new Hold(said.time(), p));
                    }
                }
            }
            holds.sort(java.util.Comparator.comparingLong(Hold::time));
            long[] last = new long[all.size()];
            java.util.Arrays.fill(last, Long.MIN_VALUE / 2);
            int owner = -1;
            for (Hold hold : holds) {
                boolean changed = hold.by() != owner;
                if (changed && owner >= 0 && hold.time() - last[hold.by()] < QUIET) {
                    throw new AssertionError("target " + target + " is held by processes " + owner + " and " + hold.by()
                            + " at " + hold.time());
                }
                owner = hold.by();
                last[owner] = hold.time();
            }
        }
    }

    @Override
    public void close() {
        for (One one : all) {
            one.process.destroyForcibly();
        }
    }
}
