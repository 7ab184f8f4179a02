package io.lightvessel.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a load to an agent and receives what comes out of it, all on one thread: sending and receiving share a core
 * anyway, and so what has come is always looked at before more is sent.
 */
public final class Load implements AutoCloseable {

    private static final int VARIANTS = 4;

    private final LoadPlan plan;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final Deliveries deliveries;
    private final Score score = new Score();
    private final Pace pace = new Pace();
    private final List<Peer> senders = new ArrayList<>();
    private final List<Body> bodies = new ArrayList<>();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private int sinks;
    private boolean stopping;
    private volatile @Nullable Throwable failure;

    private Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        this.deliveries = new Deliveries(plan);
        for (int i = 0; i < Math.min(VARIANTS, plan.connections()); i++) {
            bodies.add(Body.of(
                    Bodies.make(plan.telemetry(), plan.batch(), plan.attributes(), i), plan.batch(), plan.coding()));
        }
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
    }

    /** Makes the requests and opens the backend; sends nothing yet. */
    public static Load open(LoadPlan plan) throws IOException {
        Load load = new Load(plan);
        load.thread.start();
        return load;
    }

    /** Where the backend listens. */
    public int sinkPort() {
        return server.socket().getLocalPort();
    }

    /** Bytes per record, unpacked. */
    public double bytesPerRecord() {
        return (double) bodies.getFirst().plainSize() / plan.batch();
    }

    /** Opens more connections to the agent, with so many calls at a time on each. */
    public void connect(int agentPort, int connections, int streams) {
        inLoop(() -> {
            try {
                for (int i = 0; i < connections; i++) {
                    connect(agentPort, streams);
                }
            } catch (IOException e) {
                failure = e;
            }
            return true;
        });
    }

    private void connect(int port, int streams) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Body body = Body.of(
                Bodies.make(plan.telemetry(), plan.batch(), plan.attributes(), senders.size() % VARIANTS),
                plan.batch(),
                plan.coding());
        Peer sender = plan.grpc()
                ? new GrpcSender(
                        channel,
                        key,
                        new FramedRequest(body, plan.telemetry(), plan.coding(), port),
                        streams,
                        senders.size(),
                        pace,
                        score)
                : new HttpSender(
                        channel, key, body, plan.telemetry(), plan.coding(), port, senders.size(), pace, score);
        key.attach(sender);
        senders.add(sender);
    }

    /** Sends the next request whenever one was answered, over the first connections. */
    public void saturate(int connections) {
        inLoop(() -> {
            pace.limit(connections);
            pace.closedLoop();
            return true;
        });
    }

    /**
     * Sends at a fixed rate over all connections, whatever the agent does.
     *
     * @param patient what finds no free connection waits a while, and that counts as latency; else it is left out
     */
    public void offer(double requestsPerSecond, boolean patient) {
        inLoop(() -> {
            pace.limit(Integer.MAX_VALUE);
            pace.openLoop(requestsPerSecond, patient, System.nanoTime());
            return true;
        });
    }

    /** Starts nothing more and waits until everything is answered and delivered, but not longer than told. */
    public boolean drain(Duration atMost) throws InterruptedException {
        inLoop(() -> {
            pace.pause();
            return true;
        });
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            if (inLoop(() -> score.inFlight() == 0 && lost().isEmpty())) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** Forgets latencies; counters go on. */
    public void clearLatency() {
        inLoop(() -> {
            score.latency().clear();
            return true;
        });
    }

    /** Whether latencies count from now on; they do unless told. */
    public void keepLatency(boolean keep) {
        inLoop(() -> {
            score.keepLatency(keep);
            return true;
        });
    }

    /** Milliseconds, of requests that were acknowledged. */
    public double latency(double quantile) {
        return inLoop(() -> score.latency().quantile(quantile));
    }

    public Reading read() {
        return inLoop(() -> new Reading(
                System.nanoTime(),
                score.acknowledgedRequests(),
                score.refusedRequests(),
                score.failedRequests(),
                pace.offered(),
                pace.skipped(),
                deliveries.requests(),
                deliveries.records(),
                deliveries.bytes()));
    }

    public Balance balance() {
        return inLoop(() -> {
            BitSet more = (BitSet) deliveries.delivered().clone();
            more.andNot(score.acknowledged());
            return new Balance(
                    score.acknowledgedRequests(),
                    deliveries.delivered().cardinality(),
                    lost().cardinality(),
                    more.cardinality(),
                    deliveries.duplicates(),
                    score.refusedRequests(),
                    score.failedRequests(),
                    score.lastFailure());
        });
    }

    private BitSet lost() {
        BitSet lost = (BitSet) score.acknowledged().clone();
        lost.andNot(deliveries.delivered());
        return lost;
    }

    private <T> T inLoop(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        commands.add(() -> answer.complete(question.get()));
        selector.wakeup();
        while (!answer.isDone()) {
            Throwable broken = failure;
            if (broken != null) {
                throw new LoadBroken(broken);
            }
            try {
                return answer.get(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                // Looks whether the loop is still there.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadBroken(e);
            } catch (ExecutionException e) {
                throw new LoadBroken(e);
            }
        }
        return answer.join();
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private void turn() throws IOException {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        long now = System.nanoTime();
        boolean more = false;
        for (int i = 0; i < senders.size(); i++) {
            more |= senders.get(i).pump(now);
        }
        long wait = more ? 0 : Math.min(pace.untilDue(now), 100_000_000L);
        // A closed loop is never due by the clock: answers wake it up.
        if (more || wait > 0 && wait < 1_000_000 && pace.isPaced()) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, (wait == 0 ? 100_000_000L : wait) / 1_000_000));
        }
        for (SelectionKey key : selector.selectedKeys()) {
            serve(key);
        }
        selector.selectedKeys().clear();
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel channel = server.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                SelectionKey accepted = channel.register(selector, SelectionKey.OP_READ);
                sinks++;
                accepted.attach(
                        plan.grpc()
                                ? new GrpcSink(channel, accepted, deliveries)
                                : new HttpSink(channel, accepted, deliveries, plan.coding() != Coding.NONE));
            }
            return;
        }
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isReadable()) {
                peer.readable();
            }
            if (key.isValid() && key.isWritable()) {
                peer.pump(System.nanoTime());
            }
        } catch (IOException e) {
            key.channel().close();
            if (senders.contains(peer)) {
                throw e;
            }
            // An agent may close its connections to the backend; what was on them is missed if it matters.
        }
    }

    /** Connections the agent has opened to the backend so far. */
    public int sinkConnections() {
        return inLoop(() -> sinks);
    }

    @Override
    public void close() throws IOException {
        commands.add(() -> stopping = true);
        selector.wakeup();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
