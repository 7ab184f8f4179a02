package io.lightvessel.local.sink;

import io.lightvessel.local.sink.Telemetry.LogLine;
import io.lightvessel.local.sink.Telemetry.Point;
import io.lightvessel.local.sink.Telemetry.ProfileSeries;
import io.lightvessel.local.sink.Telemetry.Span;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the sink remembers: totals of everything, and the latest telemetry within bounds. */
final class Store {

    private static final int SPANS = 4_000;
    private static final int LOGS = 4_000;
    private static final int SERIES = 8_000;
    private static final int PROFILES = 1_000;
    private static final int SERVICES = 200;

    private final Clock clock;
    private final Instant since;
    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private final Map<String, Map<Kind, Long>> services = new TreeMap<>();
    private final Recent<Span> spans = new Recent<>(SPANS);
    private final Recent<LogLine> logs = new Recent<>(LOGS);
    private final Recent<ProfileSeries> profiles = new Recent<>(PROFILES);
    private final Map<Series, Point> points = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Series, Point> eldest) {
            return size() > SERIES;
        }
    };

    Store(Clock clock) {
        this.clock = clock;
        since = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void arrived(Kind kind, long records, long bytes) {
        tallies.merge(kind, Tally.NONE.plus(records, bytes, now()), (old, first) -> old.plus(records, bytes, now()));
    }

    synchronized void refused(Kind kind) {
        tallies.merge(kind, Tally.NONE.plusRefused(), (old, first) -> old.plusRefused());
    }

    void add(Span span) {
        spans.add(span);
        count(span, Kind.TRACES);
    }

    void add(LogLine line) {
        logs.add(line);
        count(line, Kind.LOGS);
    }

    void add(ProfileSeries profile) {
        profiles.add(profile);
        count(profile, Kind.PROFILES);
    }

    synchronized void add(Point point, Kind kind) {
        points.put(new Series(point.name(), point.resource(), point.attributes()), point);
        count(point, kind);
    }

    List<Span> spans(Predicate<? super Span> matching, int limit) {
        return spans.newest(matching, limit);
    }

    List<LogLine> logs(Predicate<? super LogLine> matching, int limit) {
        return logs.newest(matching, limit);
    }

    List<ProfileSeries> profiles(Predicate<? super ProfileSeries> matching, int limit) {
        return profiles.newest(matching, limit);
    }

    synchronized List<Point> points(Predicate<? super Point> matching, int limit) {
        return points.values().stream().filter(matching).limit(limit).toList();
    }

    synchronized Counts counts() {
        Map<String, Tally> byKind = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            byKind.put(kind.key(), tallies.getOrDefault(kind, Tally.NONE));
        }
        Map<String, Map<String, Long>> byService = services.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> keyed(e.getValue()), (a, b) -> a, TreeMap::new));
        return new Counts(since, now(), byKind, byService);
    }

    private static Map<String, Long> keyed(Map<Kind, Long> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().key(), Map.Entry::getValue));
    }

    private synchronized void count(Telemetry telemetry, Kind kind) {
        Map<String, String> labels = telemetry.attributes();
        String named = labels.getOrDefault("service_name", labels.getOrDefault("job", "(none)"));
        String name = telemetry.resource().getOrDefault("service.name", named);
        // Names come from outside: beyond the limit they share one line instead of filling the memory.
        String line = services.containsKey(name) || services.size() < SERVICES ? name : "(other)";
        services.computeIfAbsent(line, unused -> new EnumMap<>(Kind.class)).merge(kind, 1L, Long::sum);
    }

    /** What can arrive. */
    enum Kind {
        TRACES,
        METRICS,
        LOGS,
        REMOTE_WRITE,
        PROFILES;

        String key() {
            return switch (this) {
                case TRACES -> "traces";
                case METRICS -> "metrics";
                case LOGS -> "logs";
                case REMOTE_WRITE -> "remoteWrite";
                case PROFILES -> "profiles";
            };
        }
    }

    /** Totals since the start, by kind and by service. */
    record Counts(Instant since, Instant now, Map<String, Tally> kinds, Map<String, Map<String, Long>> services) {}

    private record Series(String name, Map<String, String> resource, Map<String, String> attributes) {}
}
