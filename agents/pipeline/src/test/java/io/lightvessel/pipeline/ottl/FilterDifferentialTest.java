package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RandomWire;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random conditions on random requests: what comes out must be what decoding, dropping and encoding leaves of them. */
class FilterDifferentialTest {

    private static final int ROUNDS = Integer.getInteger("ottl.rounds", 400);
    private static final Map<Signal, List<OttlContext>> CONTEXTS = Map.of(
            Signal.LOGS, List.of(OttlContext.RESOURCE, OttlContext.SCOPE, OttlContext.LOG),
            Signal.TRACES, List.of(OttlContext.RESOURCE, OttlContext.SCOPE, OttlContext.SPAN, OttlContext.SPANEVENT),
            Signal.METRICS,
                    List.of(OttlContext.RESOURCE, OttlContext.SCOPE, OttlContext.METRIC, OttlContext.DATAPOINT));

    @ParameterizedTest
    @CsvSource({
        "LOGS, RESOURCE",
        "LOGS, SCOPE",
        "LOGS, LOG",
        "TRACES, RESOURCE",
        "TRACES, SCOPE",
        "TRACES, SPAN",
        "TRACES, SPANEVENT",
        "METRICS, RESOURCE",
        "METRICS, SCOPE",
        "METRICS, METRIC",
        "METRICS, DATAPOINT"
    })
    void conditionsDropWhatANaiveInterpreterDrops(Signal signal, OttlContext context) throws OttlError {
        int changed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 41L + context.ordinal());
            changed += drops(signal, Map.of(context, conditions(context, random)), seed, random) ? 1 : 0;
        }
        assertThat(changed).as("requests that were changed").isGreaterThan(ROUNDS / 6);
    }

    @ParameterizedTest
    @CsvSource({"LOGS", "TRACES", "METRICS"})
    void conditionsOfAllContextsTogetherDropWhatANaiveInterpreterDrops(Signal signal) throws OttlError {
        int changed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed * 43L + signal.ordinal());
            Map<OttlContext, List<String>> conditions = new EnumMap<>(OttlContext.class);
            for (OttlContext context : CONTEXTS.get(signal)) {
                if (random.nextBoolean()) {
                    conditions.put(context, conditions(context, random));
                }
            }
            changed += drops(signal, conditions, seed, random) ? 1 : 0;
        }
        assertThat(changed).as("requests that were changed").isGreaterThan(ROUNDS / 6);
    }

    private static List<String> conditions(OttlContext context, Random random) {
        RandomStatements statements = new RandomStatements(context, random);
        List<String> conditions = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            conditions.add(statements.checkedCondition());
        }
        return conditions;
    }

    /** Runs one request both ways; returns whether anything was dropped. */
    private static boolean drops(Signal signal, Map<OttlContext, List<String>> conditions, int seed, Random random)
            throws OttlError {
        Message request = RandomTelemetry.request(signal, random);
        NaiveFilter naive = new NaiveFilter(signal);
        for (Map.Entry<OttlContext, List<String>> entry : conditions.entrySet()) {
            for (String condition : entry.getValue()) {
                naive.add(entry.getKey(), Ottl.condition(condition, entry.getKey()));
            }
        }
        Message expected = naive.filter(request);
        int records = Fixtures.countNaively(signal, request);
        int left = Fixtures.countNaively(signal, (MessageLite) expected);

        ProcessorHarness harness = new ProcessorHarness(signal, "filter", settings(signal, conditions));
        Payload payload = Fixtures.payload(signal, request);
        long received = payload.receivedBytes();
        assertThat(harness.send(payload).isAccepted()).isTrue();
        Count dropped = harness.dropped.getOrDefault(DropReason.FILTERED, Count.ZERO);
        assertThat(dropped.records())
                .as("dropped, seed %d: %s", seed, conditions)
                .isEqualTo(records - left);
        if (harness.passedOn.isEmpty()) {
            assertThat(left).as("left, seed %d: %s", seed, conditions).isZero();
            assertThat(dropped.bytes()).isEqualTo(received);
        } else {
            Payload rest = harness.passedOn.getFirst();
            assertThat(RandomWire.parse(signal, Fixtures.copy(rest)))
                    .as("seed %d: %s", seed, conditions)
                    .isEqualTo(expected);
            assertThat(rest.records()).isEqualTo(left);
            assertThat(dropped.bytes() + rest.receivedBytes()).isEqualTo(received);
        }
        harness.releaseAll();
        assertThat(payload.refCnt()).as("released").isZero();
        return !expected.equals(request);
    }

    private static String settings(Signal signal, Map<OttlContext, List<String>> conditions) {
        List<String> groups = new ArrayList<>();
        conditions.forEach((context, texts) -> groups.add("{ context: %s, conditions: %s }"
                .formatted(context.label(), texts.stream().map(Telling::quoted).toList())));
        String key = switch (signal) {
            case TRACES -> "trace_conditions";
            case METRICS -> "metric_conditions";
            case LOGS -> "log_conditions";
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
        return "{ %s: %s }".formatted(key, groups);
    }
}
