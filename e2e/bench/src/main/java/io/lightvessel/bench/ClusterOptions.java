package io.lightvessel.bench;

import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench cluster} was asked to do.
 *
 * @param most replicas; they come one by one up to these and go again down to two
 * @param rounds how often
 * @param stateBytes what is handed over with each target
 */
record ClusterOptions(int targets, int most, int rounds, int stateBytes) {

    static ClusterOptions parse(List<String> arguments) {
        int targets = 5000;
        int most = 6;
        int rounds = 2;
        int stateBytes = 20_000;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--targets" -> targets = CommandLine.number(flag, rest, 10, 200_000);
                case "--replicas" -> most = CommandLine.number(flag, rest, 3, 12);
                case "--rounds" -> rounds = CommandLine.number(flag, rest, 1, 100);
                case "--state" -> stateBytes = CommandLine.number(flag, rest, 0, 1_000_000);
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        return new ClusterOptions(targets, most, rounds, stateBytes);
    }
}
