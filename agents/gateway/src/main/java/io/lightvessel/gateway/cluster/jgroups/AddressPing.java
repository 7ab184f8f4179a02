package io.lightvessel.gateway.cluster.jgroups;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;

/** Asks the addresses that discovery names at this moment; JGroups' own reads a list once. */
final class AddressPing extends TCPPING {

    private static final short ID = 1797;

    static {
        ClassConfigurator.addProtocol(ID, AddressPing.class);
    }

    private PeerAddresses addresses = List::of;

    static AddressPing of(PeerAddresses addresses) {
        AddressPing ping = new AddressPing();
        ping.addresses = addresses;
        ping.setInitialHosts2(List.of());
        // Whoever answers knows where the others are, also those that discovery does not name.
        ping.returnEntireCache(true);
        // One that does not answer must not keep the others from being asked.
        ping.asyncDiscoveryUseSeparateThread(true);
        return ping;
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public void findMembers(List<Address> members, boolean initialDiscovery, Responses responses) {
        List<PhysicalAddress> now = new ArrayList<>();
        for (InetSocketAddress address : addresses.now()) {
            now.add(new IpAddress(address));
        }
        initial_hosts = now;
        super.findMembers(members, initialDiscovery, responses);
    }
}
