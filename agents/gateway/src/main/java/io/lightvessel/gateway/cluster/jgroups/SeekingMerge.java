package io.lightvessel.gateway.cluster.jgroups;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Looks for those that discovery names and the view does not have, and merges with whoever is heard from outside it.
 * JGroups' own looks around every few seconds at everyone, and compares what it heard at another time: a replica that
 * found nobody when it started is with the others after five to nine seconds.
 */
final class SeekingMerge extends MERGE3 {

    private static final long SEEK_MILLIS = 300;
    /** Between two answers, so that replicas which hear each other and cannot merge do not do so without end. */
    private static final long ANSWER_MILLIS = 200;

    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Attempts attempts = new Attempts(
            TimeUnit.MILLISECONDS.toNanos(SEEK_MILLIS), TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS));
    private final Map<Address, PhysicalAddress> strangers = new ConcurrentHashMap<>();
    private final AtomicBoolean answering = new AtomicBoolean();
    private final PeerAddresses peers;
    private volatile @Nullable Future<?> seeking;
    private volatile long answeredAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);

    /** @param every how often JGroups' own way is gone all the same, in milliseconds and at least */
    SeekingMerge(PeerAddresses peers, int every) {
        this.peers = peers;
        // The messages are those of MERGE3, also to replicas of versions that have nothing else.
        setId(ClassConfigurator.getProtocolId(MERGE3.class));
        setMaxInterval(3L * every);
        setMinInterval(every);
    }

    @Override
    public void start() throws Exception {
        super.start();
        seeking = timer.scheduleWithFixedDelay(this::seek, SEEK_MILLIS, SEEK_MILLIS, TimeUnit.MILLISECONDS, true);
    }

    @Override
    public void stop() {
        Future<?> task = seeking;
        if (task != null) {
            task.cancel(true);
        }
        strangers.clear();
        super.stop();
    }

    /** One of a view is enough, and it is coordinators that merge. */
    private void seek() {
        View now = view;
        if (now == null || !isCoord()) {
            return;
        }
        Set<Object> present = new HashSet<>();
        for (Address member : now.getMembersRaw()) {
            present.add(physical(member));
        }
        List<InetSocketAddress> named = peers.now();
        List<InetSocketAddress> absent = named.stream()
                .filter(address -> !present.contains(new IpAddress(address)))
                .toList();
        // Each costs a connection that fails, when nobody is there.
        attempts.due(named, absent, System.nanoTime()).forEach(address -> tell(new IpAddress(address)));
    }

    private @Nullable Object physical(Address member) {
        return down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
    }

    private void tell(PhysicalAddress there) {
        down_prot.down(
                new EmptyMessage(there).putHeader(getId(), createInfo()).setFlag(Message.TransientFlag.DONT_BLOCK));
    }

    @Override
    protected void addInfo(
            Address sender, ViewId viewId, @Nullable String logicalName, @Nullable PhysicalAddress address) {
        super.addInfo(sender, viewId, logicalName, address);
        View now = view;
        if (now != null && address != null && !now.containsMember(sender)) {
            strangers.put(sender, address);
            answerSoon();
        }
    }

    private void answerSoon() {
        if (answering.compareAndSet(false, true)) {
            long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answeredAt);
            timer.schedule(this::answer, Math.max(0, ANSWER_MILLIS - passed), TimeUnit.MILLISECONDS, true);
        }
    }

    /** The other learns of this side's view, as it may be the one to lead the merge; if it is this one, it merges. */
    private void answer() {
        answeredAt = System.nanoTime();
        Map<Address, PhysicalAddress> now = Map.copyOf(strangers);
        strangers.keySet().removeAll(now.keySet());
        answering.set(false);
        View there = view;
        if (there == null || there.containsMembers(now.keySet().toArray(Address[]::new))) {
            return;
        }
        now.values().forEach(this::tell);
        checkInconsistencies();
    }
}
