package io.lightvessel.agent;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.config.ParseOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Says what is wrong with a config file, one finding per line. */
final class ValidateCommand {
    private ValidateCommand() {}

    /** True when the file can be run. */
    static boolean run(Path file, Map<String, String> environment, PrintStream out) {
        ParseOutcome outcome = ConfigParser.parse(ConfigFile.read(file), Environment.of(environment));
        for (Finding finding : outcome.findings()) {
            out.println(file + ": " + (finding.isError() ? "error" : "warning") + ": " + finding);
        }
        return switch (outcome) {
            case ParseOutcome.Valid _ -> {
                out.println(file + ": valid");
                yield true;
            }
            case ParseOutcome.Invalid _ -> false;
        };
    }
}
