package io.lightvessel.agent;

import io.lightvessel.agent.drain.DrainRequest;
import io.lightvessel.agent.log.AgentLog;
import io.lightvessel.agent.state.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The agent program: exit code 0 when all went well, 1 with one sentence when not, 2 for a wrong command line. */
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        // Java would keep addresses for half a minute and failures for ten seconds; replicas come and go faster.
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        // Explicit, because threads of libraries may not be daemons.
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Command command = new CommandLine(environment, HostName::get).parse(arguments);
            AgentLog.configure(environment.getOrDefault("LIGHTVESSEL_LOG_LEVEL", "info"));
            return execute(command, environment, out);
        } catch (UsageException e) {
            err.println("lightvessel-agent: " + e.getMessage());
            err.println("Try: lightvessel-agent help");
            return WRONG_USAGE;
        } catch (Failure | StateException | IllegalArgumentException e) {
            err.println("lightvessel-agent: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void drain(Path state, Duration atLeast) throws InterruptedException {
        try {
            DrainRequest.send(state, atLeast);
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private static int execute(Command command, Map<String, String> environment, PrintStream out)
            throws InterruptedException {
        return switch (command) {
            case Command.RunManaged managed -> {
                ManagedMode.run(managed, environment, Clock.systemUTC());
                yield OK;
            }
            case Command.RunLocal local -> {
                LocalMode.run(local, environment, Clock.systemUTC());
                yield OK;
            }
            case Command.Validate validate -> ValidateCommand.run(validate.config(), environment, out) ? OK : FAILED;
            case Command.Explain explain -> ExplainCommand.run(explain.config(), environment, out) ? OK : FAILED;
            case Command.Components(String type) -> {
                if (type == null) {
                    ComponentsCommand.list(out);
                } else {
                    ComponentsCommand.describe(type, out);
                }
                yield OK;
            }
            case Command.Drain(Path state, Duration atLeast) -> {
                drain(state, atLeast);
                yield OK;
            }
            case Command.WarmUp() -> {
                WarmUp.run(Clock.systemUTC());
                yield OK;
            }
            case Command.Version() -> {
                out.println("lightvessel-agent " + AgentVersion.get() + " (Java " + Runtime.version() + ")");
                yield OK;
            }
            case Command.Help() -> {
                out.print(CommandLine.USAGE);
                yield OK;
            }
        };
    }
}
