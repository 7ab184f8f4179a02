package io.lightvessel.bench;

import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench pprof} was asked to do.
 *
 * @param interval seconds between pulls of a profile
 * @param stacks of a cumulative profile
 */
record PprofOptions(int targets, int interval, int stacks, int seconds, int warmUp) {

    static PprofOptions parse(List<String> arguments) {
        int targets = 100;
        int interval = 15;
        int stacks = 5000;
        int seconds = 60;
        int warmUp = 45;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--targets" -> targets = number(flag, rest, 1, 250);
                case "--interval" -> interval = number(flag, rest, 2, 600);
                case "--stacks" -> stacks = number(flag, rest, 1, 200_000);
                case "--seconds" -> seconds = number(flag, rest, 1, 3600);
                case "--warm-up" -> warmUp = number(flag, rest, 0, 3600);
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        return new PprofOptions(targets, interval, stacks, seconds, warmUp);
    }

    private static int number(String flag, Iterator<String> rest, int least, int most) {
        String text = rest.hasNext() ? rest.next() : "nothing";
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError(flag + ": " + text + " (expected: " + least + ".." + most + ")");
    }
}
