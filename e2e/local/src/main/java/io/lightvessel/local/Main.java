package io.lightvessel.local;

import java.nio.file.Path;
import java.util.List;

/** The launcher's commands: up, down, status, token, audit and secrets. */
public final class Main {

    private Main() {}

    /** Exit codes: 0 done, 1 failed with one sentence, 2 not understood. */
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        try {
            if (arguments.isEmpty()) {
                throw new UsageError("no command given (expected: up, down, status, token, audit or secrets)");
            }
            Path root = Path.of(System.getProperty("lightvessel.home", "")).toAbsolutePath();
            String copies = System.getProperty("lightvessel.dist", "");
            Home home = copies.isEmpty() ? Home.built(root) : Home.copied(root, Path.of(copies));
            List<String> rest = arguments.subList(1, arguments.size());
            if (arguments.getFirst().equals("audit")) {
                return AuditVerify.parse(root, rest).run();
            }
            if (arguments.getFirst().equals("secrets")) {
                return SecretsRotate.parse(root, rest).run();
            }
            Options options = Options.parse(root, Path.of(""), rest);
            return switch (arguments.getFirst()) {
                case "up" -> options.detach() ? new Detach(home, options, rest).run() : new Up(home, options).run();
                case "down" -> new Down(new DataDir(options.data())).run();
                case "status" -> new Status(new DataDir(options.data())).run();
                case "token" -> token(new DataDir(options.data()));
                default ->
                    throw new UsageError("command: " + arguments.getFirst()
                            + " (expected: up, down, status, token, audit or secrets)");
            };
        } catch (UsageError e) {
            System.err.println("lightvessel: " + e.getMessage());
            return 2;
        } catch (Failure e) {
            System.err.println("lightvessel: " + e.sentence());
            return 1;
        }
    }

    private static int token(DataDir data) {
        System.out.println(data.apiToken());
        return 0;
    }
}
