package io.lightvessel.gateway.cluster;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pool that scrapes nothing but knows what it should, and counts how it came by it. */
public final class RecordingPool implements Ownership.Owner {

    private final Set<TargetKey> owned = ConcurrentHashMap.newKeySet();
    private final Map<TargetKey, Long> counters = new ConcurrentHashMap<>();
    public final AtomicInteger handedOver = new AtomicInteger();
    public final AtomicInteger blind = new AtomicInteger();
    public final AtomicInteger lost = new AtomicInteger();
    private final int stateBytes;

    public RecordingPool(int stateBytes) {
        this.stateBytes = Math.max(8, stateBytes);
    }

    public Set<TargetKey> owned() {
        return owned;
    }

    /** How often the target has changed hands with a hand-over. */
    public long hands(TargetKey key) {
        return counters.getOrDefault(key, 0L);
    }

    @Override
    public void take(TargetKey key, @Nullable Handover handover) {
        if (handover == null) {
            blind.incrementAndGet();
            counters.put(key, 0L);
        } else {
            handedOver.incrementAndGet();
            counters.put(key, ByteBuffer.wrap(handover.state()).getLong());
        }
        owned.add(key);
    }

    @Override
    public CompletionStage<Handover> give(TargetKey key) {
        owned.remove(key);
        byte[] state = ByteBuffer.allocate(stateBytes).putLong(hands(key) + 1).array();
        return CompletableFuture.completedFuture(new Handover(Instant.ofEpochSecond(hands(key)), state));
    }

    @Override
    public void lose(TargetKey key) {
        lost.incrementAndGet();
        owned.remove(key);
    }
}
