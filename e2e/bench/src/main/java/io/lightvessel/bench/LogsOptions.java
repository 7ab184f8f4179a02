package io.lightvessel.bench;

import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench logs} was asked to do.
 *
 * @param lines measured, in millions
 * @param warmUp lines before that, in millions
 * @param idle files nobody writes to in the second part
 * @param idleSeconds for which these are measured
 */
record LogsOptions(int pods, int lines, int warmUp, int lineBytes, int idle, int idleSeconds) {

    static LogsOptions parse(List<String> arguments) {
        int pods = 20;
        int lines = 6;
        int warmUp = 6;
        int lineBytes = 160;
        int idle = 500;
        int idleSeconds = 20;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--pods" -> pods = number(flag, rest, 1, 1000);
                case "--lines" -> lines = number(flag, rest, 1, 200);
                case "--warm-up" -> warmUp = number(flag, rest, 1, 200);
                case "--line-bytes" -> lineBytes = number(flag, rest, 80, 16_000);
                case "--idle" -> idle = number(flag, rest, 0, 10_000);
                case "--idle-seconds" -> idleSeconds = number(flag, rest, 1, 3600);
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        return new LogsOptions(pods, lines, warmUp, lineBytes, idle, idleSeconds);
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
