package io.lightvessel.gateway.cluster.jgroups;

import io.lightvessel.gateway.cluster.Replicas;
import io.lightvessel.gateway.cluster.Transport;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels over real sockets, in which JGroups would look for others once an hour and no sooner. */
class JGroupsTransportIT {

    private static final int HOURLY = 3_600_000;

    private final List<Transport> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Transport::close);
    }

    @Test
    void oneThatFoundNobodyIsFoundByThoseWhoseDiscoveryNamesIt() throws IOException {
        List<HostPort> free = Replicas.freeAddresses(3);
        HostPort seed = free.get(0);
        HostPort other = free.get(1);
        HostPort third = free.get(2);
        Connected first = connect(other, List.of(seed));
        Connected second = connect(third, List.of(other, seed));
        first.awaitOthers(second);
        // It knows of itself only, as a seed does that comes back when all other seeds are gone.
        Connected back = connect(seed, List.of(seed));
        back.awaitOthers(first, second);
        first.awaitOthers(second, back);
        second.awaitOthers(first, back);
    }

    @Test
    void oneThatComesBackUnderItsAddressIsFoundAgain() throws IOException {
        List<HostPort> free = Replicas.freeAddresses(2);
        HostPort seed = free.getFirst();
        Connected stays = connect(free.getLast(), List.of(seed));
        Connected before = connect(seed, List.of());
        stays.awaitOthers(before);
        before.close();
        stays.awaitOthers();
        Connected after = connect(seed, List.of());
        stays.awaitOthers(after);
        after.awaitOthers(stays);
    }

    private Connected connect(HostPort at, List<HostPort> named) throws IOException {
        Transport transport = new JGroupsTransport(
                new JGroupsTransport.Options(
                        at,
                        null,
                        "test",
                        "replica at " + at,
                        PeerAddresses.fixed(named),
                        Duration.ofSeconds(3),
                        SharedSecret.tls("a secret of some length", "test")),
                HOURLY);
        open.add(transport);
        return new Connected(transport);
    }

    /** A transport and whom it says it reaches. */
    private static final class Connected implements Transport.Listener {
        private final Transport transport;
        private final Member self;
        private volatile Set<MemberId> others = Set.of();

        Connected(Transport transport) throws IOException {
            this.transport = transport;
            this.self = transport.connect(this);
        }

        @Override
        public void reachable(Set<MemberId> nowReachable, int expected) {
            others = Set.copyOf(nowReachable);
        }

        @Override
        public void received(MemberId from, byte[] bytes) {
            throw new AssertionError(from + " sent something");
        }

        void awaitOthers(Connected... expected) {
            Set<MemberId> ids = Set.of(
                    List.of(expected).stream().map(each -> each.self.id()).toArray(MemberId[]::new));
            Replicas.await("that " + self.name() + " reaches " + ids, () -> others.equals(ids), () -> others);
        }

        void close() {
            transport.close();
        }
    }
}
