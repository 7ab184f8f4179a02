package io.lightvessel.agent.sharding;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A receiver of remote write 2.0 that takes a series' samples in the order of time only, and keeps them all. It takes its
 * time for some requests, longer than it is from one scrape to the next: who does not wait for them overtakes them. But
 * never for two of one replica that may be behind each other, which would be longer than a replica promises to wait.
 */
final class StrictBackend implements AutoCloseable {
    private static final long STALE = 0x7ff0000000000002L;
    /** In each request, the name of the replica that makes it. */
    static final String REPLICA = "X-Replica";

    private static final int MOST_PROBLEMS = 1000;
    private static final int ONE_IN = 16;

    /** By replica: when the last request that took long was answered. */
    private final Map<String, Long> slow = new HashMap<>();

    /** By instance and time: the samples by metric. */
    private final Map<String, TreeMap<Long, Map<String, Double>>> scrapes = new HashMap<>();

    private final Map<List<String>, Newest> newest = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final HttpServer server;
    private final Duration slowness;
    private final AtomicInteger requests = new AtomicInteger();

    /** @param slowness how long one in some requests takes */
    StrictBackend(Duration slowness) throws IOException {
        this(slowness, InetAddress.getLoopbackAddress());
    }

    StrictBackend(Duration slowness, InetAddress address) throws IOException {
        this.slowness = slowness;
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String replica = exchange.getRequestHeaders().getFirst(REPLICA);
                if (requests.incrementAndGet() % ONE_IN == 0 && mayTakeLong(replica)) {
                    LockSupport.parkNanos(slowness.toNanos());
                }
                take(exchange, replica);
            }
        });
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/api/v1/write";
    }

    /** Samples that came out of order, and requests that could not be read. */
    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** What was written of a target's scrapes, by their times: the samples by metric, {@code NaN} for a staleness marker. */
    synchronized TreeMap<Long, Map<String, Double>> scrapes(String instance) {
        return new TreeMap<>(scrapes.getOrDefault(instance, new TreeMap<>()));
    }

    private synchronized boolean mayTakeLong(String replica) {
        long now = System.nanoTime();
        Long until = slow.get(replica);
        if (until != null && now - until < slowness.toNanos()) {
            return false;
        }
        slow.put(replica, now + slowness.toNanos());
        return true;
    }

    private void take(HttpExchange exchange, String replica) throws IOException {
        ByteBuf packed = Unpooled.wrappedBuffer(exchange.getRequestBody().readAllBytes());
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(packed, plain);
        int samples;
        try {
            samples = read(CodedInputStream.newInstance(plain.array(), 0, plain.writerIndex()), replica);
        } catch (IOException | RuntimeException e) {
            problem("a request that cannot be read: " + e);
            throw e;
        }
        exchange.getResponseHeaders().set("X-Prometheus-Remote-Write-Samples-Written", String.valueOf(samples));
        exchange.getResponseHeaders().set("X-Prometheus-Remote-Write-Histograms-Written", "0");
        exchange.getResponseHeaders().set("X-Prometheus-Remote-Write-Exemplars-Written", "0");
        exchange.sendResponseHeaders(204, -1);
    }

    private synchronized void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        }
    }

    private synchronized int read(CodedInputStream in, String replica) throws IOException {
        List<String> symbols = new ArrayList<>();
        int samples = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 4 -> symbols.add(in.readString());
                case 5 -> samples += series(in.readByteArray(), symbols, replica);
                default -> in.skipField(tag);
            }
        }
        return samples;
    }

    private record Newest(long time, String replica) {}

    private record Written(long time, long bits) {}

    private int series(byte[] bytes, List<String> symbols, String replica) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        List<String> labels = new ArrayList<>();
        List<Written> samples = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    int limit = in.pushLimit(in.readRawVarint32());
                    while (in.getBytesUntilLimit() > 0) {
                        labels.add(symbols.get(in.readUInt32()));
                    }
                    in.popLimit(limit);
                }
                case 2 -> samples.add(sample(CodedInputStream.newInstance(in.readByteArray())));
                default -> in.skipField(tag);
            }
        }
        samples.forEach(sample -> keep(labels, sample, replica));
        return samples.size();
    }

    private static Written sample(CodedInputStream in) throws IOException {
        long time = 0;
        long bits = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> bits = in.readRawLittleEndian64();
                case 2 -> time = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        return new Written(time, bits);
    }

    private void keep(List<String> labels, Written sample, String replica) {
        Newest before = newest.put(labels, new Newest(sample.time(), replica));
        if (before != null && before.time() >= sample.time()) {
            problem(labels + " at " + sample.time() + " of " + replica + " came after " + before.time() + " of "
                    + before.replica());
        }
        scrapes.computeIfAbsent(value(labels, "instance"), _ -> new TreeMap<>())
                .computeIfAbsent(sample.time(), _ -> new HashMap<>())
                .put(
                        value(labels, "__name__"),
                        sample.bits() == STALE ? Double.NaN : Double.longBitsToDouble(sample.bits()));
    }

    private static String value(List<String> labels, String name) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (labels.get(i).equals(name)) {
                return labels.get(i + 1);
            }
        }
        throw new IllegalStateException("a series without the label " + name + ": " + labels);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
