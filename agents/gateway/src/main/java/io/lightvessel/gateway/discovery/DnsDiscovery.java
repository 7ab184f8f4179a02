package io.lightvessel.gateway.discovery;

import io.lightvessel.pipeline.Timer;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Targets from DNS: a group for each name. A name that cannot be looked up keeps the targets it had. */
public final class DnsDiscovery implements Discovery {

    private static final String META = "__meta_dns_";

    private final DiscoveryConfig.Dns config;
    private final DnsLookup lookup;
    private final Timer timer;
    private final Executor executor;
    private final Map<String, TargetGroup> known = new HashMap<>();
    private @Nullable Teller teller;
    private @Nullable Rounds rounds;

    public DnsDiscovery(DiscoveryConfig.Dns config, DnsLookup lookup, Timer timer, Executor executor) {
        this.config = config;
        this.lookup = lookup;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public synchronized void start(Listener listener) {
        Teller made = new Teller(listener);
        teller = made;
        rounds = new Rounds(timer, executor, config.refreshInterval(), () -> look(made));
        rounds.startNow();
    }

    @Override
    public synchronized void close() {
        if (rounds != null) {
            rounds.close();
        }
        if (teller != null) {
            teller.close();
        }
    }

    private void look(Teller made) {
        List<String> problems = new ArrayList<>();
        for (String name : config.names()) {
            try {
                known.put(name, group(name, lookup.records(name, config.type())));
            } catch (IOException e) {
                problems.add(name + ": " + config.type() + " records cannot be looked up: " + e.getMessage());
            }
        }
        List<TargetGroup> groups = known.values().stream()
                .filter(group -> !group.targets().isEmpty())
                .toList();
        made.tell(groups, problems.isEmpty() ? null : String.join("; ", problems));
    }

    /** Sorted, for servers like to change the order with each answer. */
    private TargetGroup group(String name, List<String> records) throws IOException {
        List<String> sorted = new ArrayList<>(records);
        Collections.sort(sorted);
        List<Map<String, String>> targets = new ArrayList<>();
        for (String record : sorted) {
            Map<String, String> labels = new HashMap<>(target(record));
            labels.put(META + "name", name);
            targets.add(labels);
        }
        return new TargetGroup(name, targets, Map.of());
    }

    private Map<String, String> target(String record) throws IOException {
        String[] fields = record.split(" ", -1);
        String last = fields[fields.length - 1];
        String host = last.endsWith(".") ? last.substring(0, last.length() - 1) : last;
        return switch (config.type()) {
            case SRV -> {
                if (fields.length != 4) {
                    throw new IOException("'" + record + "' (expected: priority, weight, port and name)");
                }
                yield Map.of(
                        "__address__",
                        host + ":" + fields[2],
                        META + "srv_record_target",
                        last,
                        META + "srv_record_port",
                        fields[2]);
            }
            case A -> Map.of("__address__", last + ":" + port());
            case AAAA -> Map.of("__address__", "[" + shortened(last) + "]:" + port());
            case MX -> Map.of("__address__", host + ":" + port(), META + "mx_record_target", last);
            case NS -> Map.of("__address__", host + ":" + port(), META + "ns_record_target", last);
        };
    }

    /** As RFC 5952 wants it, and Go writes it: {@code 2001:db8::1}. */
    private static String shortened(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null ? address : NetUtil.bytesToIpAddress(bytes);
    }

    private int port() {
        return config.port().orElseThrow();
    }
}
