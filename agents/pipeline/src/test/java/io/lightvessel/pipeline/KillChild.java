package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A lane with its queue on disk in a process of its own, that {@link KillIT} feeds, whose backend it is, and which it
 * kills. One socket carries everything, as frames of a letter, a number and bytes.
 */
final class KillChild {

    static final int CONSUMERS = 4;
    static final char STORE = 'S';
    static final char ACCEPTED = 'A';
    static final char REFUSED = 'R';
    static final char DELIVER = 'D';
    static final char DELIVERED = 'K';
    static final char FAILED = 'F';
    static final char OPENING = 'O';
    static final char READY = 'Y';
    static final char LEDGER = 'L';

    private static final Refusal AWAY = Refusal.retryable(DropReason.BACKEND_REFUSED, "away", null);

    private final DataOutputStream out;
    private final Map<Long, Delivery> deliveries = new ConcurrentHashMap<>();
    private final AtomicInteger deliveryNumbers = new AtomicInteger();

    private KillChild(DataOutputStream out) {
        this.out = out;
    }

    /** Directory, port, and whether to sync. */
    public static void main(String[] arguments) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]))) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            new KillChild(out).run(Path.of(arguments[0]), Boolean.parseBoolean(arguments[2]), in);
        }
    }

    private void run(Path directory, boolean synced, DataInputStream in) throws Exception {
        send(OPENING, 0, new byte[0]);
        EngineTimer timer = new EngineTimer();
        Means means = new Means(
                new EngineOptions(64 << 20, Duration.ofSeconds(1), "0", "0"),
                timer,
                Executors.newFixedThreadPool(2),
                RandomGenerator.getDefault(),
                new Books(timer.now()),
                new OwnMetrics(),
                new ByteBudget(64 << 20),
                new FormConverters(List.of()),
                () -> {},
                () -> ComponentHealth.leaf(ComponentStatus.OK, null, timer.now()));
        QueueSettings settings = new QueueSettings(true, CONSUMERS, 100_000, QueueSettings.Sizer.REQUESTS, false);
        ComponentId id = ComponentId.of("otlp");
        Lane lane = new Lane(
                "lane",
                settings,
                new RetrySettings(true, Duration.ofMillis(2), 0.5, 2, Duration.ofMillis(20), Duration.ZERO),
                new Backend(),
                means.books().destination(id, Signal.LOGS),
                means.healthCell("lane"),
                means);
        PipelineBooks books = means.books().pipeline(PipelineId.of(Signal.LOGS));
        lane.storeIn(DiskQueue.open(id, Signal.LOGS, new Storage(synced), directory, settings, means), true);
        send(READY, 0, new byte[0]);
        while (true) {
            char kind = (char) in.readByte();
            long number = in.readLong();
            byte[] bytes = in.readNBytes(in.readInt());
            switch (kind) {
                case STORE -> accept(lane, books, number, bytes);
                case DELIVERED -> deliveries.remove(number).delivered();
                case FAILED -> deliveries.remove(number).failed(AWAY);
                case LEDGER -> {
                    FlowSnapshot.Ledger ledger = books.ledger(lane.held(books.pipeline()));
                    send(
                            LEDGER,
                            ledger.isBalanced() ? ledger.queued().records() : -1,
                            ledger.toString().getBytes());
                }
                default -> throw new IOException("frame " + kind);
            }
        }
    }

    private void accept(Lane lane, PipelineBooks books, long number, byte[] bytes) throws MalformedPayload {
        Payload payload = Payload.walk(Signal.LOGS, Unpooled.directBuffer().writeBytes(bytes));
        books.received(payload.records(), payload.receivedBytes());
        lane.accept(
                payload,
                new Result() {
                    @Override
                    public void accepted() {
                        send(ACCEPTED, number, new byte[0]);
                    }

                    @Override
                    public void refused(Refusal refusal) {
                        send(REFUSED, number, refusal.message().getBytes());
                    }
                },
                books);
    }

    private void send(char kind, long number, byte[] bytes) {
        synchronized (out) {
            try {
                out.writeByte(kind);
                out.writeLong(number);
                out.writeInt(bytes.length);
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Storage(boolean isSynced) implements StorageExtension {
        @Override
        public Path directory(ComponentKind kind, ComponentId id, String purpose) {
            throw new IllegalStateException("the directory is given");
        }
    }

    private final class Backend implements Exporter {
        @Override
        public void export(Payload payload, Delivery delivery) {
            long number = deliveryNumbers.incrementAndGet();
            deliveries.put(number, delivery);
            byte[] bytes = new byte[payload.size()];
            payload.bytes().getBytes(payload.bytes().readerIndex(), bytes);
            payload.release();
            send(DELIVER, number, bytes);
        }

        @Override
        public String endpoint() {
            return "the parent";
        }

        @Override
        public void stop(Duration grace) {
            // The parent stops everything.
        }
    }
}
