package io.lightvessel.gateway.cluster.jgroups;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where replicas may be: as it is now, since names get other addresses. May block while a name is resolved. */
@FunctionalInterface
public interface PeerAddresses {

    List<InetSocketAddress> now();

    /** Addresses that are written down; their names are resolved each time. */
    static PeerAddresses fixed(List<HostPort> addresses) {
        List<HostPort> all = List.copyOf(addresses);
        return () -> all.stream()
                .map(HostPort::resolved)
                .filter(address -> !address.isUnresolved())
                .toList();
    }

    /** Every address of a name, such as a headless service's. */
    static PeerAddresses ofName(String name, int port, Duration refresh) {
        return new Resolving(name, port, refresh.toNanos(), InetAddress::getAllByName, System::nanoTime);
    }

    /** Asks for the addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String name) throws UnknownHostException;
    }

    /** Resolves a name once in a while and keeps the last answer while it has none. */
    final class Resolving implements PeerAddresses {
        private static final Logger LOG = LoggerFactory.getLogger(PeerAddresses.class);

        private final String name;
        private final int port;
        private final long refresh;
        private final Lookup lookup;
        private final LongSupplier nanoTime;
        private List<InetSocketAddress> known = List.of();
        private long resolvedAt;
        private boolean resolved;

        Resolving(String name, int port, long refresh, Lookup lookup, LongSupplier nanoTime) {
            this.name = name;
            this.port = port;
            this.refresh = refresh;
            this.lookup = lookup;
            this.nanoTime = nanoTime;
        }

        @Override
        public synchronized List<InetSocketAddress> now() {
            long now = nanoTime.getAsLong();
            if (!resolved || now - resolvedAt >= refresh) {
                resolved = true;
                resolvedAt = now;
                try {
                    List<InetSocketAddress> found = new ArrayList<>();
                    for (InetAddress address : lookup.of(name)) {
                        found.add(new InetSocketAddress(address, port));
                    }
                    known = List.copyOf(found);
                } catch (UnknownHostException e) {
                    LOG.warn("cluster: {} has no addresses at the moment ({} were known)", name, known.size());
                }
            }
            return known;
        }
    }
}
