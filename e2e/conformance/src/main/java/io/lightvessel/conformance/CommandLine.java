package io.lightvessel.conformance;

import io.lightvessel.conformance.cases.Case;
import io.lightvessel.conformance.client.Target;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code conformance otlp} was asked to do.
 *
 * @param only the cases whose ids this is found in; all when null
 * @param maxBody bytes
 */
record CommandLine(
        @Nullable Target http,
        @Nullable Target grpc,
        boolean json,
        @Nullable Pattern only,
        long maxBody,
        @Nullable Path authorities) {
    private static final int DEFAULT_MAX_BODY = 64;
    private static final int LARGEST_MAX_BODY = 127;

    static CommandLine parse(List<String> arguments) {
        Target http = null;
        Target grpc = null;
        boolean json = false;
        Pattern only = null;
        long mebibytes = DEFAULT_MAX_BODY;
        Path authorities = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--only" -> only = pattern(value(argument, rest));
                case "--max-body" -> mebibytes = number(argument, value(argument, rest));
                case "--ca" -> authorities = Path.of(value(argument, rest));
                default -> {
                    Target target = target(argument);
                    boolean second = target.protocol() == Target.Protocol.GRPC ? grpc != null : http != null;
                    if (second) {
                        throw new UsageError("URL: " + argument + " (expected: one of each protocol)");
                    }
                    if (target.protocol() == Target.Protocol.GRPC) {
                        grpc = target;
                    } else {
                        http = target;
                    }
                }
            }
        }
        if (http == null && grpc == null) {
            throw new UsageError("no URL (expected: grpc://HOST:PORT, http://HOST:PORT or both)");
        }
        return new CommandLine(http, grpc, json, only, mebibytes << 20, authorities);
    }

    private static Target target(String argument) {
        if (argument.startsWith("-")) {
            throw new UsageError("unknown option: " + argument);
        }
        try {
            return Target.parse(argument);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private static String value(String flag, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageError(flag + ": nothing (expected: a value)");
        }
        return rest.next();
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new UsageError("--only: " + text + " (expected: a regular expression): " + e.getDescription());
        }
    }

    private static long number(String flag, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= LARGEST_MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError(flag + ": " + text + " (expected: 1.." + LARGEST_MAX_BODY + ", in MiB)");
    }

    boolean selects(Case one) {
        return only == null || only.matcher(one.id()).find();
    }
}
