package io.lightvessel.bench;

import java.util.Iterator;
import java.util.List;

/** What {@code bench ebpf} was asked to do. */
record EbpfOptions(int processes, int rate, int seconds, int warmUp) {

    static EbpfOptions parse(List<String> arguments) {
        int processes = 1000;
        int rate = 97;
        int seconds = 20;
        int warmUp = 35;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--processes" -> processes = number(flag, rest, 0, 20_000);
                case "--rate" -> rate = number(flag, rest, 1, 1000);
                case "--seconds" -> seconds = number(flag, rest, 1, 3600);
                case "--warm-up" -> warmUp = number(flag, rest, 0, 3600);
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        return new EbpfOptions(processes, rate, seconds, warmUp);
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
