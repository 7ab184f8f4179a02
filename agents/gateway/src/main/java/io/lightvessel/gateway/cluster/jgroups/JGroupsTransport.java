package io.lightvessel.gateway.cluster.jgroups;

import io.lightvessel.gateway.cluster.Transport;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.wire.Messages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages through a JGroups channel. JGroups finds the others, notices who is gone and keeps the connections; what
 * it says of members is taken as a hint, and its own delivery guarantees are not used.
 */
public final class JGroupsTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);

    /**
     * How to reach and be reached.
     *
     * @param advertise null: as bound
     * @param tls null: in the clear, for the loopback interface only
     */
    public record Options(
            HostPort bind,
            @Nullable HostPort advertise,
            String cluster,
            String name,
            PeerAddresses peers,
            Duration detection,
            @Nullable SSLContext tls) {}

    private static final int MERGE_MILLIS = 1000;

    private final Options options;
    private final int mergeMillis;
    private volatile @Nullable JChannel channel;

    public JGroupsTransport(Options options) {
        this(options, MERGE_MILLIS);
    }

    /** @param mergeMillis how often JGroups itself looks for others, beside {@link SeekingMerge} */
    JGroupsTransport(Options options, int mergeMillis) {
        this.options = options;
        this.mergeMillis = mergeMillis;
    }

    @Override
    public Member connect(Listener listener) throws IOException {
        InetSocketAddress bind = options.bind().resolved();
        if (bind.isUnresolved()) {
            throw new IOException("endpoint: " + options.bind() + " has no address (expected: one of this machine)");
        }
        JChannel made = null;
        try {
            made = new JChannel(stack(bind)).name(options.name()).setDiscardOwnMessages(true);
            Hearing hearing = new Hearing(listener, made);
            made.setReceiver(hearing);
            made.connect(options.cluster());
            channel = made;
            hearing.told(made.getView().getMembers());
            return new Member(id(made.getAddress()), cut(options.name()), cut(address(made)));
        } catch (Exception e) {
            if (made != null) {
                made.close();
            }
            throw new IOException("endpoint: cannot join from " + options.bind() + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private List<Protocol> stack(InetSocketAddress bind) throws UnknownHostException {
        PatientTcp tcp = new PatientTcp();
        tcp.setBindAddress(bind.getAddress());
        tcp.setBindPort(bind.getPort());
        tcp.setPortRange(0);
        HostPort advertise = options.advertise();
        if (advertise != null) {
            tcp.setExternalAddr(InetAddress.getByName(advertise.host()));
            tcp.setExternalPort(advertise.port());
        }
        tcp.setSockConnTimeout(1000);
        tcp.setPeerAddrReadTimeout(1000);
        // Bytes of one message of JGroups' own; ours are cut to fit.
        tcp.setMaxLength(4 * Messages.MAX_BYTES);
        tcp.enableSuspectEvents(true);
        // Strangers would fill the log.
        tcp.logAcceptError(false);
        tcp.disableDiagnostics();
        SSLContext tls = options.tls();
        if (tls != null) {
            tcp.setSocketFactory(new TlsSockets(tls));
        }
        long detection = options.detection().toMillis();
        return List.of(
                tcp,
                AddressPing.of(options.peers()),
                new SeekingMerge(options.peers(), mergeMillis),
                new FD_ALL3().setTimeout(detection).setInterval(Math.max(100, detection / 4)),
                new VERIFY_SUSPECT2().setTimeout(Math.max(200, detection / 4)),
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE(),
                new GMS().setJoinTimeout(1500).printLocalAddress(false),
                new FRAG4());
    }

    private String address(JChannel joined) {
        Object physical =
                joined.down(new org.jgroups.Event(org.jgroups.Event.GET_PHYSICAL_ADDRESS, joined.getAddress()));
        return String.valueOf(physical);
    }

    private static String cut(String text) {
        return text.length() <= Member.MAX_TEXT / 4 ? text : text.substring(0, Member.MAX_TEXT / 4);
    }

    private static MemberId id(Address address) {
        UUID uuid = (UUID) address;
        return new MemberId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    @Override
    public void send(MemberId to, byte[] bytes) {
        JChannel there = channel;
        if (there == null || !there.isConnected()) {
            return;
        }
        try {
            // The protocol repeats what matters itself; a second layer of that would only keep old messages alive.
            there.send(new BytesMessage(new UUID(to.high(), to.low()), bytes)
                    .setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.NO_FC));
        } catch (Exception e) {
            LOG.debug("cluster: nothing can be sent to {} now", to, e);
        }
    }

    /** What the channel tells, on its threads. */
    private final class Hearing implements Receiver {
        private final Listener listener;
        private final JChannel channel;

        Hearing(Listener listener, JChannel channel) {
            this.listener = listener;
            this.channel = channel;
        }

        @Override
        public void viewAccepted(View view) {
            told(view.getMembers());
        }

        void told(Collection<Address> members) {
            Set<MemberId> others = new HashSet<>();
            for (Address member : members) {
                if (!member.equals(channel.getAddress())) {
                    others.add(id(member));
                }
            }
            listener.reachable(others, expected());
        }

        private int expected() {
            List<InetSocketAddress> named = options.peers().now();
            if (named.isEmpty()) {
                return 0;
            }
            boolean mine = named.stream().anyMatch(this::isMine);
            return new HashSet<>(named).size() + (mine ? 0 : 1);
        }

        private boolean isMine(InetSocketAddress address) {
            HostPort advertise = options.advertise();
            InetSocketAddress own = advertise == null ? options.bind().resolved() : advertise.resolved();
            return address.equals(own);
        }

        @Override
        public void receive(Message message) {
            if (message.getSrc() instanceof UUID && message.hasArray() && message.getLength() <= Messages.MAX_BYTES) {
                byte[] bytes = new byte[message.getLength()];
                System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
                listener.received(id(message.getSrc()), bytes);
            }
        }
    }

    @Override
    public void close() {
        JChannel there = channel;
        channel = null;
        if (there != null) {
            there.close();
        }
    }

    /** Whether only processes of this machine can reach the address. */
    public static boolean isLoopback(HostPort address) {
        InetSocketAddress resolved = address.resolved();
        InetAddress host = resolved.getAddress();
        return host != null && host.isLoopbackAddress();
    }
}
