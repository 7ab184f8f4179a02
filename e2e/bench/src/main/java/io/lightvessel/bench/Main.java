package io.lightvessel.bench;

import io.lightvessel.bench.scrape.ScrapeFigures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The benchmark program: exit code 0 with figures, 1 when a measurement failed, 2 for a wrong command line. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int logs(LogsOptions options, PrintStream out) throws InterruptedException {
        new LogsBench(AgentProgram.fromLauncher(), Pinning.apply(), out).run(options);
        return 0;
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            String what = arguments.isEmpty() ? "nothing" : arguments.getFirst();
            return switch (what) {
                case "logs" -> logs(LogsOptions.parse(arguments.subList(1, arguments.size())), out);
                case "otlp" -> otlp(CommandLine.parse(arguments.subList(1, arguments.size())), out, err);
                case "scrape" -> scrape(ScrapeCommandLine.parse(arguments.subList(1, arguments.size())), out);
                case "pprof" -> pprof(PprofOptions.parse(arguments.subList(1, arguments.size())), out);
                case "ebpf" -> ebpf(EbpfOptions.parse(arguments.subList(1, arguments.size())), out);
                case "cluster" -> cluster(ClusterOptions.parse(arguments.subList(1, arguments.size())), out);
                default ->
                    throw new UsageError(
                            "bench: " + what + " (expected: otlp, logs, scrape, pprof, ebpf, cluster or micro)");
            };
        } catch (UsageError e) {
            err.println("lightvessel bench: " + e.getMessage());
            err.println("Try: ./lightvessel bench --help");
            return 2;
        } catch (Failure e) {
            err.println("lightvessel bench: " + e.getMessage());
            return 1;
        }
    }

    private static int pprof(PprofOptions options, PrintStream out) throws InterruptedException {
        Pinning pinning = Pinning.apply();
        new PprofBench(AgentProgram.fromLauncher(), pinning, out).run(options);
        return 0;
    }

    private static int ebpf(EbpfOptions options, PrintStream out) throws InterruptedException {
        new EbpfBench(AgentProgram.fromLauncher(), out).run(options);
        return 0;
    }

    private static int cluster(ClusterOptions options, PrintStream out) throws InterruptedException {
        new ClusterBench(options, out).run();
        return 0;
    }

    private static int otlp(CommandLine command, PrintStream out, PrintStream err) throws InterruptedException {
        // First, since afterwards this process sees one core only.
        Machine machine = Machine.here();
        Pinning pinning = Pinning.apply();
        OtlpBench bench = new OtlpBench(AgentProgram.fromLauncher(), pinning);
        List<OtlpOptions> runs = command.suite() ? Suite.all(command.options()) : List.of(command.options());
        // With --json, people still see how far it is.
        Report report = new Report(command.json() ? err : out);
        report.head(machine);
        List<Figures> all = new ArrayList<>();
        for (OtlpOptions run : runs) {
            Figures figures = bench.run(run);
            report.line(figures);
            all.add(figures);
        }
        report.foot(all);
        if (command.json()) {
            out.println(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(Map.of("machine", machine, "runs", all)));
        }
        return all.stream().anyMatch(Figures::hasFailed) ? 1 : 0;
    }

    private static int scrape(ScrapeCommandLine command, PrintStream out) throws InterruptedException {
        Machine machine = Machine.here();
        ScrapeFigures figures = new ScrapeBench(AgentProgram.fromLauncher(), Pinning.apply()).run(command.options());
        if (command.json()) {
            out.println(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(Map.of("machine", machine, "run", figures)));
        } else {
            out.println(ScrapeCommandLine.words(figures));
        }
        return figures.samplesPerSecond() > 0 ? 0 : 1;
    }
}
