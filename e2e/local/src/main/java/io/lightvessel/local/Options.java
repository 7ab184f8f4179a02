package io.lightvessel.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code up}, {@code down}, {@code status} and {@code token} were asked for. */
public record Options(Path data, int port, int offset, boolean demo, boolean detach) {

    private static final int CONTROL_PLANE = 8080;
    private static final int LARGEST_OFFSET = 40_000;
    private static final int FIRST_OFFSET = 3_000;
    private static final int LAST_OFFSET = 8_000;
    private static final int OFFSET_STEP = 100;

    /** Options for starting beside other products, as tests do: the first offset at which every port is free. */
    public static Options beside(Path data) {
        for (int offset = FIRST_OFFSET; offset < LAST_OFFSET; offset += OFFSET_STEP) {
            Ports ports = new Ports(CONTROL_PLANE + offset, offset);
            if (ports.uses(true, true).stream().allMatch(use -> Preflight.free(use.port()))) {
                return new Options(data.toAbsolutePath().normalize(), CONTROL_PLANE + offset, offset, true, false);
            }
        }
        throw new Failure("No offset from " + FIRST_OFFSET + " to " + LAST_OFFSET + " leaves every port free.");
    }

    static Options parse(Path root, Path workingDirectory, List<String> arguments) {
        Path data = root.resolve(".lightvessel").resolve("data");
        Integer port = null;
        int offset = 0;
        boolean demo = true;
        boolean detach = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String[] option = rest.removeFirst().split("=", 2);
            @Nullable String attached = option.length == 2 ? option[1] : null;
            switch (option[0]) {
                case "--data" -> data = workingDirectory.resolve(value("--data", attached, rest));
                case "--port" -> port = number("--port", value("--port", attached, rest), 1, 65_535);
                case "--offset" -> offset = number("--offset", value("--offset", attached, rest), 0, LARGEST_OFFSET);
                case "--no-demo" -> demo = false;
                case "--detach" -> detach = true;
                default ->
                    throw new UsageError("unknown option: " + option[0]
                            + " (expected: --detach, --port N, --data DIR, --no-demo or --offset N)");
            }
        }
        int chosen = port == null ? CONTROL_PLANE + offset : port;
        return new Options(data.toAbsolutePath().normalize(), chosen, offset, demo, detach);
    }

    private static String value(String option, @Nullable String attached, Deque<String> rest) {
        if (attached != null) {
            return attached;
        }
        if (rest.isEmpty()) {
            throw new UsageError(option + ": no value given");
        }
        return rest.removeFirst();
    }

    private static int number(String option, String text, int least, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new UsageError(option + ": " + text + " (expected: " + least + ".." + most + ")");
        }
        return Integer.parseInt(text);
    }
}
