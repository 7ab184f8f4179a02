package io.lightvessel.conformance;

import io.lightvessel.conformance.cases.Case;
import io.lightvessel.conformance.cases.Level;
import io.lightvessel.conformance.cases.Subject;
import io.lightvessel.conformance.cases.Suite;
import io.lightvessel.conformance.cases.Verdict;
import io.lightvessel.conformance.client.Clients;
import io.lightvessel.conformance.client.Target;
import io.lightvessel.conformance.client.Trust;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The conformance program: exit code 0 when no MUST fails, 1 when one does, 2 for a wrong command line or when nobody
 * listens.
 */
public final class Main {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            String what = arguments.isEmpty() ? "nothing" : arguments.getFirst();
            if (!what.equals("otlp")) {
                throw new UsageError("conformance: " + what + " (expected: otlp)");
            }
            return check(CommandLine.parse(arguments.subList(1, arguments.size())), out, err);
        } catch (UsageError e) {
            err.println("lightvessel conformance: " + e.getMessage());
            err.println("Try: ./lightvessel conformance --help");
            return 2;
        } catch (IOException e) {
            err.println("lightvessel conformance: " + e.getMessage());
            return 2;
        }
    }

    private static int check(CommandLine command, PrintStream out, PrintStream err) throws IOException {
        try (Clients clients = new Clients(Trust.of(command.authorities()), PATIENCE)) {
            reach(clients, command);
            Subject subject = new Subject(clients, command.http(), command.grpc(), command.maxBody());
            List<Case> chosen = Suite.all().stream().filter(command::selects).toList();
            if (chosen.isEmpty()) {
                throw new UsageError("--only: " + command.only() + " (expected: to be found in the id of a case)");
            }
            // With --json, people still see how far it is.
            PrintStream lines = command.json() ? err : out;
            List<Outcome> outcomes = new ArrayList<>();
            for (Case one : chosen) {
                if (subject.speaks(one.protocol())) {
                    Outcome outcome = new Outcome(one, one.check().run(subject));
                    lines.println(Report.line(outcome));
                    outcomes.add(outcome);
                }
            }
            lines.println();
            Report.totals(outcomes).forEach(lines::println);
            int left = chosen.size() - outcomes.size();
            if (left > 0) {
                lines.println(left + " cases left out: no URL of their protocol was given");
            }
            if (command.json()) {
                out.println(Report.json(command, outcomes));
            }
            return outcomes.stream().anyMatch(outcome -> outcome.is(Level.MUST, Verdict.FAIL)) ? 1 : 0;
        }
    }

    /** One clear sentence instead of hundreds of failures. */
    private static void reach(Clients clients, CommandLine command) throws IOException {
        Target http = command.http();
        Target grpc = command.grpc();
        try {
            if (http != null) {
                clients.http(http).close();
            }
        } catch (IOException e) {
            throw new IOException("no connection to " + http + ": " + e.getMessage(), e);
        }
        try {
            if (grpc != null) {
                clients.grpc(grpc).close();
            }
        } catch (IOException e) {
            throw new IOException("no connection to " + grpc + ": " + e.getMessage(), e);
        }
    }
}
