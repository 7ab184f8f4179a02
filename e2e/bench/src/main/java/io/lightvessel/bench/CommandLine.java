package io.lightvessel.bench;

import io.lightvessel.bench.load.Coding;
import io.lightvessel.bench.load.Telemetry;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench otlp} was asked to do.
 *
 * @param suite all measurements of the table instead of one
 */
record CommandLine(OtlpOptions options, boolean suite, boolean json) {

    static CommandLine parse(List<String> arguments) {
        OtlpOptions options = OtlpOptions.DEFAULTS;
        boolean suite = false;
        boolean json = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            switch (flag) {
                case "--suite" -> suite = true;
                case "--json" -> json = true;
                case "--signal" -> options = options.withTelemetry(telemetry(value(flag, rest)));
                case "--protocol" -> options = options.withProtocol(isGrpc(value(flag, rest)));
                case "--compression" -> options = options.withCoding(coding(value(flag, rest)));
                case "--pipeline" -> options = options.withProcessing(processing(value(flag, rest)));
                case "--seconds" -> options = options.withTimes(number(flag, rest, 1, 600), options.warmUp());
                case "--warm-up" -> options = options.withTimes(options.seconds(), number(flag, rest, 0, 600));
                case "--batch" -> options = options.withBatch(number(flag, rest, 1, 20_000));
                case "--rate" -> options = options.withRate(number(flag, rest, 1, Integer.MAX_VALUE));
                case "--overload" -> options = options.withOverload(number(flag, rest, 2, 100));
                case "--connections" ->
                    options = options.withConnections(number(flag, rest, 1, 1000), options.streams());
                case "--streams" ->
                    options = options.withConnections(options.connections(), number(flag, rest, 1, 512));
                case "--peer" -> options = options.withPeer(value(flag, rest));
                case "--record" -> options = options.withRecord(Path.of(value(flag, rest)));
                default -> throw new UsageError("unknown option: " + flag);
            }
        }
        if (options.rate() > 0 && options.overload() > 0) {
            throw new UsageError("--rate and --overload together (expected: one of them)");
        }
        return new CommandLine(options, suite, json);
    }

    static String value(String flag, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageError(flag + ": nothing (expected: a value)");
        }
        return rest.next();
    }

    static int number(String flag, Iterator<String> rest, int least, int most) {
        String text = value(flag, rest);
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

    private static Telemetry telemetry(String word) {
        for (Telemetry telemetry : Telemetry.values()) {
            if (telemetry.label().equals(word)) {
                return telemetry;
            }
        }
        throw new UsageError("--signal: " + word + " (expected: logs, spans or metrics)");
    }

    private static boolean isGrpc(String word) {
        return switch (word) {
            case "grpc" -> true;
            case "http" -> false;
            default -> throw new UsageError("--protocol: " + word + " (expected: grpc or http)");
        };
    }

    private static Coding coding(String word) {
        for (Coding coding : Coding.values()) {
            if (coding.label().equals(word)) {
                return coding;
            }
        }
        throw new UsageError("--compression: " + word + " (expected: none, gzip or zstd)");
    }

    private static Processing processing(String word) {
        for (Processing processing : Processing.values()) {
            if (processing.label().equals(word)) {
                return processing;
            }
        }
        throw new UsageError("--pipeline: " + word + " (expected: pass, rename, rename10, batch or sample)");
    }
}
