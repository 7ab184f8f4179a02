package io.lightvessel.gateway.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How long it takes from a change of members until every target has one owner and every replica its part. Replicas are in
 * one process and talk over TLS. The time begins when the new one is connected, or when one is told to leave.
 */
final class SettleBench {

    private SettleBench() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        List<TargetKey> targets = Replicas.targets(count);
        try (Replicas replicas = new Replicas(6, 2, Duration.ofSeconds(8), "a secret of some length", null)) {
            replicas.start(targets, 2, 20_000);
            replicas.start(targets, 2, 20_000);
            replicas.awaitSettled(targets);
            for (int round = 0; round < 2; round++) {
                for (int n = 3; n <= 6; n++) {
                    replicas.start(targets, 2, 20_000);
                    long began = System.nanoTime();
                    replicas.awaitSettled(targets);
                    report("joins, " + n, count, began);
                }
                for (int n = 5; n >= 2; n--) {
                    Replicas.One leaving = replicas.running().get(0);
                    long began = System.nanoTime();
                    replicas.stop(leaving);
                    replicas.awaitSettled(targets);
                    report("leaves, " + n, count, began);
                }
            }
        }
    }

    private static void report(String what, int targets, long began) {
        System.out.printf(
                "one %s are left or there: %d targets settled after %d ms%n",
                what, targets, Duration.ofNanos(System.nanoTime() - began).toMillis());
    }
}
