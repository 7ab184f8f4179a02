package io.lightvessel.gateway.net.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The addresses of one name as one event loop sees them: how many connections each has, and which failed a moment ago. */
final class AddressBook {
    private final Map<InetAddress, Integer> open = new HashMap<>();
    private final Set<InetAddress> avoided = new HashSet<>();
    private List<InetAddress> known = List.of();
    private boolean uncovered;
    private int connections;

    /** Takes note of what the name stands for now. */
    void found(List<InetAddress> addresses) {
        known = addresses;
        review();
    }

    /**
     * The addresses in the order in which they are to be tried: those with the fewest connections first, those that failed
     * last.
     *
     * @param turn which of those that are alike comes first
     */
    List<InetAddress> order(int turn) {
        List<InetAddress> order = new ArrayList<>(known);
        Collections.rotate(order, -Math.floorMod(turn, Math.max(1, order.size())));
        order.sort(Comparator.comparing((InetAddress address) -> avoided.contains(address))
                .thenComparingInt(address -> open.getOrDefault(address, 0)));
        return order;
    }

    /** Those of {@link #order} that have no connection although nothing speaks against it. */
    List<InetAddress> uncovered(int turn) {
        List<InetAddress> order = order(turn);
        order.removeIf(address -> !isUncovered(address));
        return order;
    }

    /** Whether there is an address without a connection although nothing speaks against one. */
    boolean hasUncovered() {
        return uncovered;
    }

    /** Whether there are connections to more than one address. */
    boolean areSeveralOpen() {
        return open.size() > 1;
    }

    int connections() {
        return connections;
    }

    void opened(InetAddress address) {
        connections++;
        open.merge(address, 1, Integer::sum);
        review();
    }

    void closed(InetAddress address) {
        connections--;
        open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        review();
    }

    /** Returns false when it was avoided before. */
    boolean avoid(InetAddress address) {
        boolean fresh = avoided.add(address);
        review();
        return fresh;
    }

    void forgive(InetAddress address) {
        avoided.remove(address);
        review();
    }

    /** Every request asks for the result, and this happens seldom. */
    private void review() {
        uncovered = known.stream().anyMatch(this::isUncovered);
    }

    private boolean isUncovered(InetAddress address) {
        return !open.containsKey(address) && !avoided.contains(address);
    }
}
