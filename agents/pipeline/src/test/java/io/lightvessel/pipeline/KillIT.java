package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with a queue on disk under load, again and again on the same directory: what it acknowledged must all
 * be delivered in the end, and only what was under way when it died may be delivered twice.
 */
class KillIT {

    private static final int CYCLES = Integer.getInteger("lightvessel.kill.cycles", 40);

    /** Under way, plus what was acknowledged while acknowledgements were last being written down. */
    private static final int MOST_REPEATED = 64;

    private static final int WINDOW = 200;

    @TempDir
    private Path directory;

    private final Random random = new Random(CYCLES);
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Long, AtomicInteger> delivered = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    @Test
    void whatIsAcknowledgedIsDeliveredHoweverOftenTheProcessIsKilled() throws Exception {
        long start = System.nanoTime();
        long mostRepeated = 0;
        int killedWhileOpening = 0;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                long before = repeated.get();
                try (Life life = new Life(server, random.nextBoolean())) {
                    life.opening.await(30, TimeUnit.SECONDS);
                    if (random.nextInt(8) > 0) {
                        assertThat(life.ready.await(30, TimeUnit.SECONDS)).isTrue();
                        Thread.sleep(20 + random.nextInt(280));
                    } else {
                        Thread.sleep(random.nextInt(60));
                        killedWhileOpening++;
                    }
                }
                mostRepeated = Math.max(mostRepeated, repeated.get() - before);
                assertThat(repeated.get() - before).as("cycle " + cycle).isLessThanOrEqualTo(MOST_REPEATED);
            }
            try (Life last = new Life(server, true)) {
                last.produces = false;
                last.fails = false;
                assertThat(last.ready.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(last.drained()).isTrue();
            }
        }
        Set<Long> missing = new HashSet<>(acknowledged);
        missing.removeAll(delivered.keySet());
        System.out.printf(
                "kill -9: %d cycles (%d while opening) in %d s: %d sent, %d acknowledged, %d delivered, %d lost; "
                        + "%d delivered twice, at most %d in one cycle%n",
                CYCLES,
                killedWhileOpening,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                numbers.get(),
                acknowledged.size(),
                delivered.size(),
                missing.size(),
                repeated.get(),
                mostRepeated);
        assertThat(missing).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThan(CYCLES * 20);
    }

    /** One life of the child, and its producer and backend. */
    private final class Life implements AutoCloseable {
        final CountDownLatch opening = new CountDownLatch(1);
        final CountDownLatch ready = new CountDownLatch(1);
        private final Semaphore room = new Semaphore(WINDOW);
        private final Process process;
        private final Socket socket;
        private final DataOutputStream out;
        private final Thread reader;
        private final Thread producer;
        private final Set<Long> handedOver = new HashSet<>();
        private volatile long queued = -2;
        volatile boolean produces = true;
        volatile boolean fails = true;
        private volatile boolean closed;

        Life(ServerSocket server, boolean synced) throws IOException {
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx96m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KillChild.class.getName(),
                            directory.toString(),
                            Integer.toString(server.getLocalPort()),
                            Boolean.toString(synced)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            server.setSoTimeout(30_000);
            socket = server.accept();
            socket.setTcpNoDelay(true);
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            reader = Thread.ofPlatform().start(this::read);
            producer = Thread.ofPlatform().start(this::produce);
        }

        private void produce() {
            try {
                ready.await();
                Random sizes = new Random();
                while (produces && !closed) {
                    if (room.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                        long number = numbers.incrementAndGet();
                        send(KillChild.STORE, number, logs(number, sizes.nextInt(2000)));
                    }
                }
            } catch (IOException | InterruptedException killed) {
                // That is how it ends.
            }
        }

        private void read() {
            try {
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                while (true) {
                    char kind = (char) in.readByte();
                    long number = in.readLong();
                    byte[] bytes = in.readNBytes(in.readInt());
                    switch (kind) {
                        case KillChild.OPENING -> opening.countDown();
                        case KillChild.READY -> ready.countDown();
                        case KillChild.ACCEPTED -> {
                            acknowledged.add(number);
                            room.release();
                        }
                        case KillChild.REFUSED -> room.release();
                        case KillChild.DELIVER -> deliver(number, number(bytes));
                        case KillChild.LEDGER -> queued = number;
                        default -> throw new IOException("frame " + kind);
                    }
                }
            } catch (EOFException | SocketException killed) {
                // That is how it ends.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void deliver(long delivery, long number) throws IOException {
            // Away for a while, back for a while.
            boolean away = fails && System.currentTimeMillis() / 40 % 3 == 0;
            if (!away) {
                if (delivered.computeIfAbsent(number, _ -> new AtomicInteger()).getAndIncrement() > 0) {
                    assertThat(handedOver).as("twice in one life").doesNotContain(number);
                    repeated.incrementAndGet();
                }
                handedOver.add(number);
            }
            try {
                send(away ? KillChild.FAILED : KillChild.DELIVERED, delivery, new byte[0]);
            } catch (SocketException killed) {
                // What it wrote before it died is still to be read.
            }
        }

        /** Waits until the child has nothing left and its ledger balances. */
        boolean drained() throws Exception {
            for (int i = 0; i < 3000; i++) {
                send(KillChild.LEDGER, 0, new byte[0]);
                Thread.sleep(20);
                if (queued == 0) {
                    return true;
                }
            }
            return false;
        }

        private void send(char kind, long number, byte[] bytes) throws IOException {
            synchronized (out) {
                out.writeByte(kind);
                out.writeLong(number);
                out.writeInt(bytes.length);
                out.write(bytes);
                out.flush();
            }
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
            closed = true;
            ready.countDown();
            producer.join();
            reader.join();
            socket.close();
        }
    }

    /** A request with one log record that has the number as its time. */
    private static byte[] logs(long number, int filling) {
        ByteBuffer record = ByteBuffer.allocate(40 + filling).order(ByteOrder.LITTLE_ENDIAN);
        record.put((byte) 0x09).putLong(number);
        // severity_text
        record.put((byte) 0x1a);
        varint(record, filling);
        record.position(record.position() + filling);
        return group(group(group(bytes(record.flip()), 2), 2), 1);
    }

    private static byte[] group(byte[] content, int field) {
        ByteBuffer out = ByteBuffer.allocate(content.length + 12);
        out.put((byte) (field << 3 | 2));
        varint(out, content.length);
        return bytes(out.put(content).flip());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void varint(ByteBuffer out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.put((byte) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    private static long number(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        for (int depth = 0; depth < 3; depth++) {
            in.get();
            while (in.get() < 0) {
                // The rest of a length.
            }
        }
        in.get();
        return in.getLong();
    }
}
