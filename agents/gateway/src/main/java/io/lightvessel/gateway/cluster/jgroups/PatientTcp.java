package io.lightvessel.gateway.cluster.jgroups;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP with a thread for each destination. JGroups connects on the one thread that sends to everyone, so that a process
 * which is stopped, whose kernel accepts connections all the same, would make everyone else seem silent too.
 */
final class PatientTcp extends TCP {

    private static final Logger LOG = LoggerFactory.getLogger(PatientTcp.class);
    private static final short ID = 1798;
    private static final int MOST_WAITING = 1024;
    private static final long IDLE_SECONDS = 60;

    static {
        ClassConfigurator.addProtocol(ID, PatientTcp.class);
    }

    private final Map<Address, Lane> lanes = new ConcurrentHashMap<>();

    private final class Lane implements Runnable {
        private final Address to;
        private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private final Thread thread;

        Lane(Address to) {
            this.to = to;
            this.thread = Thread.ofVirtual().name("cluster to " + to).start(this);
        }

        @Override
        public void run() {
            try {
                for (byte[] next = take(); next != null; next = take()) {
                    try {
                        PatientTcp.super.send(to, next, 0, next.length);
                    } catch (InterruptedException e) {
                        throw e;
                    } catch (Exception e) {
                        LOG.debug("cluster: {} cannot be reached", to, e);
                    }
                }
            } catch (InterruptedException e) {
                LOG.debug("cluster: nothing more is sent to {}", to);
            } finally {
                lanes.remove(to, this);
            }
        }

        private byte @Nullable [] take() throws InterruptedException {
            return waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void send(Address to, byte[] data, int offset, int length) {
        // What does not fit is lost, as on a network; protocols above repeat what they need.
        if (!lanes.computeIfAbsent(to, Lane::new).waiting.offer(Arrays.copyOfRange(data, offset, offset + length))) {
            LOG.debug("cluster: {} does not take what is sent to it", to);
        }
    }

    @Override
    public void stop() {
        lanes.values().forEach(lane -> lane.thread.interrupt());
        lanes.clear();
        super.stop();
    }
}
