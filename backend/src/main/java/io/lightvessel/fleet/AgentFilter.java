package io.lightvessel.fleet;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The filter of agent lists, the same in search box, URL and API: terms separated by spaces, all of which must hold.
 * {@code status:}, {@code config:}, {@code cluster:}, {@code role:}, {@code name:} and {@code version:} compare a field
 * ({@code *} stands for anything), {@code -} before a term negates it, a bare word is searched in name, host and version.
 */
public final class AgentFilter {
    public static final AgentFilter ALL = new AgentFilter(List.of());

    private final List<Term> terms;

    private AgentFilter(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Reads a filter; what is wrong with it is said in one sentence. */
    public static AgentFilter parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                terms.add(Term.parse(word));
            }
        }
        return new AgentFilter(terms);
    }

    /** This filter and another term, whose value may hold spaces. */
    public AgentFilter and(String key, String value) {
        List<Term> more = new ArrayList<>(terms);
        more.add(Term.of(key, value, false));
        return new AgentFilter(more);
    }

    boolean matches(Agent agent, String clusterSlug) {
        return terms.stream().allMatch(term -> term.matches(agent, clusterSlug));
    }

    private record Term(boolean negated, Predicate<Candidate> test) {
        private record Candidate(Agent agent, String cluster) {}

        static Term parse(String word) {
            boolean negated = word.length() > 1 && word.startsWith("-");
            String positive = negated ? word.substring(1) : word;
            int colon = positive.indexOf(':');
            return colon <= 0
                    ? new Term(negated, candidate -> contains(candidate.agent(), positive))
                    : of(positive.substring(0, colon), positive.substring(colon + 1), negated);
        }

        static Term of(String key, String value, boolean negated) {
            if (value.isEmpty()) {
                throw invalid(key + ": nothing (expected: a value after the colon)");
            }
            return switch (key) {
                case "status", "health" -> {
                    HealthStatus wanted = constant(key, value, HealthStatus.class);
                    yield new Term(negated, c -> c.agent().health().status() == wanted);
                }
                case "config" -> {
                    ConfigStatus wanted = constant(key, value, ConfigStatus.class);
                    yield new Term(negated, c -> c.agent().config().status() == wanted);
                }
                case "role" -> {
                    AgentRole wanted = AgentRole.ofWireName(value.toLowerCase(Locale.ROOT))
                            .orElseThrow(() -> invalid("role: " + value + " (expected: gateway, collector or edge)"));
                    yield new Term(negated, c -> c.agent().role() == wanted);
                }
                case "cluster" -> new Term(negated, c -> like(c.cluster(), value));
                case "name" -> new Term(negated, c -> like(c.agent().name(), value));
                case "version" -> new Term(negated, c -> like(c.agent().version(), value));
                default ->
                    throw invalid("filter: " + key
                            + ": (expected: status:, config:, cluster:, role:, name:, version: or a plain word)");
            };
        }

        boolean matches(Agent agent, String cluster) {
            return test.test(new Candidate(agent, cluster)) != negated;
        }

        private static boolean contains(Agent agent, String word) {
            String wanted = word.toLowerCase(Locale.ROOT);
            String searched = agent.name() + '\n' + agent.host() + '\n' + agent.version() + '\n' + agent.id();
            return searched.toLowerCase(Locale.ROOT).contains(wanted);
        }

        // Walked by hand: a pattern made of what people type could take for ever to match.
        private static boolean like(String text, String pattern) {
            String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
            String rest = text.toLowerCase(Locale.ROOT);
            if (parts.length == 1) {
                return rest.equals(parts[0]);
            }
            if (!rest.startsWith(parts[0])) {
                return false;
            }
            rest = rest.substring(parts[0].length());
            for (int i = 1; i < parts.length - 1; i++) {
                int at = rest.indexOf(parts[i]);
                if (at < 0) {
                    return false;
                }
                rest = rest.substring(at + parts[i].length());
            }
            return rest.endsWith(parts[parts.length - 1]);
        }

        private static <E extends Enum<E>> E constant(String key, String value, Class<E> type) {
            String wanted = value.toUpperCase(Locale.ROOT).replace('-', '_');
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(wanted)) {
                    return constant;
                }
            }
            StringBuilder expected = new StringBuilder();
            for (E constant : type.getEnumConstants()) {
                expected.append(expected.isEmpty() ? "" : ", ")
                        .append(constant.name().toLowerCase(Locale.ROOT));
            }
            throw invalid(key + ": " + value + " (expected: " + expected + ")");
        }
    }

    private static LightvesselException invalid(String detail) {
        return new LightvesselException(
                FleetError.FILTER_INVALID, detail, List.of(new FieldError("?filter", "invalid_filter", detail)));
    }
}
