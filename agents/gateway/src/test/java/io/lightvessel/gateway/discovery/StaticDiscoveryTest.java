package io.lightvessel.gateway.discovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class StaticDiscoveryTest extends DiscoveryContract {

    private List<TargetGroup> groups = List.of();

    @Override
    protected Discovery discovery() {
        return new StaticDiscovery(groups);
    }

    @Override
    protected Set<String> publish(int targets) {
        Set<String> addresses =
                IntStream.range(0, targets).mapToObj(i -> "host-" + i + ":1").collect(Collectors.toSet());
        groups = List.of(new TargetGroup(
                "0",
                addresses.stream()
                        .map(address -> Map.of("__address__", address))
                        .toList(),
                Map.of("a", "b")));
        return addresses;
    }

    @Override
    protected boolean changes() {
        return false;
    }
}
