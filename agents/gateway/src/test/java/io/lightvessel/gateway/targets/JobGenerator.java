package io.lightvessel.gateway.targets;

import java.util.List;
import java.util.Random;

/** Writes scrape configs with random targets and relabel rules that Prometheus 2.42 and we both take. */
final class JobGenerator {

    private static final List<String> LABELS = List.of("a", "b", "c", "env", "__meta_x", "__meta_kube_pod", "__tmp_y");
    private static final List<String> VALUES = List.of(
            "foo",
            "bar",
            "foo-1",
            "bar-22",
            "a.b",
            "prod",
            "Prod",
            "x=y",
            "10.0.0.1:9100",
            "node:8080",
            "übung",
            "a;b",
            "$1",
            "1m",
            "7");
    private static final List<String> SOURCES = List.of(
            "a",
            "b",
            "c",
            "env",
            "__meta_x",
            "__meta_kube_pod",
            "__tmp_y",
            "__address__",
            "job",
            "nothing",
            "__metrics_path__",
            "__param_p",
            "instance");
    private static final List<String> TARGETS = List.of(
            "a",
            "b",
            "c",
            "new",
            "instance",
            "job",
            "__tmp_y",
            "__param_p",
            "__param_q",
            "__metrics_path__",
            "__address__");
    private static final List<String> REGEXES = List.of(
            "(.*)",
            "(.+)",
            ".*",
            ".+",
            "",
            "foo",
            "(foo|bar)",
            "foo|bar|",
            "f(o+)(.*)",
            "([a-z]+)-([0-9]+)",
            "(?i)(PROD)",
            "(a)?(.*)",
            "(.*)-1",
            "foo(.*)",
            "([^:;]+)(?::\\\\d+)?",
            "(.*);(.*)",
            "[^;]*;(.+)",
            "(?P<n>[a-z]).*",
            "\\\\w+",
            "(f|fo|foo)(o*)",
            "(.*?)(o*)",
            "10\\\\.0\\\\..*",
            "(.*):9100",
            "(x*)*",
            "ü.*",
            "\\\\d+m?");
    private static final List<String> NAME_REGEXES = List.of(
            "__meta_(.+)",
            "__meta_kube_(.*)",
            "(a|b)",
            "[a-c]",
            "(.*)",
            "__tmp_(y)",
            "env",
            "a|b|c",
            "(e)(n)(v)",
            "j.*",
            "nothing");
    private static final List<String> REPLACEMENTS = List.of(
            "$$1",
            "$1",
            "$${1}-$${2}",
            "$2$1",
            "x",
            "",
            "$$n-$${n}",
            "$1x",
            "${1}x",
            "$0",
            "$$ $",
            "$3",
            "pre_$1",
            "${10}");
    /**
     * Never empty, for which Prometheus makes a label without a name, and never the same for two labels, where the last one
     * wins and versions differ in which that is.
     */
    private static final List<String> NAME_REPLACEMENTS = List.of("l_$0", "$1_$0", "p_$${0}_x", "c_${1}_$$0");

    private final Random random;

    JobGenerator(Random random) {
        this.random = random;
    }

    String jobs(int count) {
        StringBuilder jobs = new StringBuilder();
        for (int i = 0; i < count; i++) {
            job(jobs, "job-" + i);
        }
        return jobs.toString();
    }

    private void job(StringBuilder out, String name) {
        out.append("- job_name: ").append(name).append('\n');
        out.append("  scrape_interval: ")
                .append(one(List.of("1h", "90m", "1d")))
                .append('\n');
        if (random.nextInt(4) == 0) {
            out.append("  metrics_path: ")
                    .append(quote(one(List.of("/m", "m x", "/ä?b#c", "/a(b)*%2F~!"))))
                    .append('\n');
            out.append("  params: {p: ['1', 'a b&c'], q: ['é*~/+%']}\n  scheme: https\n");
        }
        out.append("  static_configs:\n");
        for (int i = random.nextInt(3); i >= 0; i--) {
            out.append("  - targets: ['host-")
                    .append(i)
                    .append(":9100', 'host-x")
                    .append(i)
                    .append("']\n");
            out.append("    labels: {origin: ").append(name);
            for (String label : LABELS) {
                if (random.nextInt(3) > 0) {
                    out.append(", ").append(label).append(": ").append(quote(one(VALUES)));
                }
            }
            if (random.nextInt(8) == 0) {
                out.append(", __scrape_interval__: ").append(one(List.of("2h", "soon", "0s", "1w")));
            }
            out.append("}\n");
        }
        out.append("  relabel_configs:\n");
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            rule(out);
        }
    }

    private void rule(StringBuilder out) {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> replace(out);
            case 6 -> line(out, "keep", sources(), regex(REGEXES));
            case 7 -> line(out, "drop", sources(), regex(REGEXES));
            case 8 -> line(out, "keepequal", sources(), "target_label: " + one(TARGETS));
            case 9 -> line(out, "dropequal", sources(), "target_label: " + one(TARGETS));
            case 10 ->
                line(
                        out,
                        one(List.of("lowercase", "uppercase")),
                        sources(),
                        "target_label: " + one(TARGETS.subList(0, 5)));
            case 11 ->
                line(
                        out,
                        "hashmod",
                        sources(),
                        "target_label: " + one(TARGETS.subList(0, 5)) + ", modulus: " + (1 + random.nextInt(1000)));
            case 12, 13 -> line(out, "labelmap", regex(NAME_REGEXES), "replacement: " + quote(one(NAME_REPLACEMENTS)));
            case 14 -> line(out, "labeldrop", regex(NAME_REGEXES.subList(0, 8)));
            default -> line(out, "labelkeep", "regex: '(a|b|origin|job|instance|__.*)'");
        }
    }

    private void replace(StringBuilder out) {
        if (random.nextInt(5) == 0) {
            // The replacement is never empty: 2.42 then took away a label with the target's name as it is written.
            line(
                    out,
                    "replace",
                    sources(),
                    regex(REGEXES),
                    "target_label: " + quote(one(List.of("t_$1", "${1}", "$$1_x"))),
                    "replacement: 'r$1'");
            return;
        }
        String target = one(TARGETS);
        String replacement = target.equals("__address__") ? one(List.of("$1", "other:9100", "")) : one(REPLACEMENTS);
        line(
                out,
                random.nextBoolean() ? "replace" : "Replace",
                sources(),
                target.equals("__address__") ? "regex: '([a-z]+).*'" : regex(REGEXES),
                "target_label: " + target,
                "replacement: " + quote(replacement));
    }

    private static void line(StringBuilder out, String action, String... keys) {
        out.append("  - {action: ").append(action);
        for (String key : keys) {
            out.append(", ").append(key);
        }
        out.append("}\n");
    }

    private String sources() {
        StringBuilder sources = new StringBuilder("source_labels: [").append(one(SOURCES));
        for (int i = random.nextInt(3); i > 1; i--) {
            sources.append(", ").append(one(SOURCES));
        }
        return sources.append(']').toString();
    }

    private String regex(List<String> regexes) {
        return "regex: \"" + one(regexes) + "\"";
    }

    private static String quote(String text) {
        return "'" + text + "'";
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
