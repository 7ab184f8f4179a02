package io.lightvessel.gateway.faults;

import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.gateway.testing.RawGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A producer of logs and spans that remembers what was acknowledged and what it was told to send again. */
final class Sender implements AutoCloseable {
    static final int RECORDS = 5;

    private final RawGrpc client;
    private long nextId = 1;
    final Set<Long> logs = new TreeSet<>();
    final Set<Long> spans = new TreeSet<>();
    final List<String> refusals = new ArrayList<>();

    Sender(int port) {
        client = new RawGrpc(port);
    }

    /** Sends so many requests of both signals at once and waits for all the answers. */
    void send(int requests) throws Exception {
        List<Pending> pending = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            pending.add(start(RawGrpc.LOGS, IdSink.logs(nextId, RECORDS), logs));
            pending.add(start(RawGrpc.TRACES, IdSink.spans(nextId, RECORDS), spans));
        }
        for (Pending request : pending) {
            RawGrpc.Answer answer = request.answer.get(60, TimeUnit.SECONDS);
            if (answer.status().equals("0")) {
                for (int i = 0; i < RECORDS; i++) {
                    request.acknowledged.add(request.first + i);
                }
            } else {
                refusals.add(answer.status() + " " + answer.message());
            }
        }
    }

    private record Pending(long first, Set<Long> acknowledged, CompletableFuture<RawGrpc.Answer> answer) {}

    private Pending start(String path, byte[] request, Set<Long> acknowledged) {
        Pending pending =
                new Pending(nextId, acknowledged, client.call(path, Map.of(), RawGrpc.framed(request, 0), true));
        nextId += RECORDS;
        return pending;
    }

    @Override
    public void close() {
        client.close();
    }
}
