package io.lightvessel.gateway.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.IdSink;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.FlowSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Configs change in every way there is, one reload after another, while a hundred gRPC connections send; {@code
 * -Dlightvessel.reloads} sets how often (200), {@code -Dlightvessel.reloads.seed} the order.
 */
class ReloadStormIT {
    private static final int CONNECTIONS = 100;
    private static final int RELOADS = Integer.getInteger("lightvessel.reloads", 200);
    private static final long SEED = Long.getLong("lightvessel.reloads.seed", 3);

    @Test
    void nobodyNoticesReloads() throws Exception {
        IdSink sink = new IdSink();
        IdSink others = new IdSink();
        try (Backend first = new Backend();
                Backend moved = new Backend();
                Backend second = new Backend()) {
            sink.collect(first);
            sink.collect(moved);
            others.collect(second);
            StormConfig config =
                    new StormConfig(first.grpcPort(), moved.grpcPort(), second.grpcPort(), second.httpPort());
            try (Engines engines = new Engines(config.yaml());
                    Producers producers = new Producers(engines.port("grpc"), CONNECTIONS)) {
                int port = engines.port("grpc");
                Set<Edit> done = storm(config, engines);
                assertThat(engines.port("grpc")).isEqualTo(port);
                producers.stop();
                assertThat(producers.complaints()).isEmpty();
                assertThat(done).isEqualTo(RELOADS < 100 ? done : EnumSet.allOf(Edit.class));
                assertThat(engines.engine.health().lastError()).isNull();

                // With every pipeline there was, so that all ledgers can be read.
                engines.engine.apply(Engines.parse(config.yamlOfAllPipelines()));
                engines.engine.close();
                Set<Long> acknowledged = producers.acknowledged();
                assertThat(acknowledged.size()).isGreaterThan(RELOADS * CONNECTIONS);
                Set<Long> lost = new TreeSet<>(acknowledged);
                lost.removeAll(sink.ids());
                assertThat(lost).as("acknowledged and not delivered").isEmpty();
                assertThat(twice(sink)).as("delivered twice").isEmpty();
                for (FlowSnapshot.Ledger ledger : engines.engine.flow().pipelines()) {
                    assertThat(ledger.queued()).isEqualTo(Count.ZERO);
                    assertThat(ledger.dropped()).isEmpty();
                    assertThat(ledger.received().records()).isPositive();
                    assertThat(ledger).matches(FlowSnapshot.Ledger::isBalanced);
                }
                assertThat(engines.engine.flow().pipelines()).hasSize(4);
                assertThat(engines.engine.budget().used()).isZero();
                System.out.println("reload storm: " + RELOADS + " reloads, " + acknowledged.size() + " records");
            }
        }
    }

    private static Map<Long, Integer> twice(IdSink sink) {
        return sink.times().entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Every kind of edit comes equally often, in an order that is different in every round. */
    private static Set<Edit> storm(StormConfig config, Engines engines) throws InterruptedException {
        Random random = new Random(SEED);
        List<Edit> round = new ArrayList<>();
        Set<Edit> done = EnumSet.noneOf(Edit.class);
        for (int i = 0; i < RELOADS; i++) {
            if (round.isEmpty()) {
                round.addAll(Arrays.asList(Edit.values()));
                Collections.shuffle(round, random);
            }
            Edit edit = round.removeLast();
            edit.applyTo(config);
            check(edit, config, engines);
            config.mistake = "";
            config.impossible = "";
            done.add(edit);
            Thread.sleep(random.nextInt(40));
        }
        return done;
    }

    private static void check(Edit edit, StormConfig config, Engines engines) {
        ParseOutcome parsed = ConfigParser.parse(config.yaml(), Environment.of(Map.of()));
        if (edit == Edit.UNKNOWN_KEY) {
            assertThat(parsed).isInstanceOf(ParseOutcome.Invalid.class);
            assertThat(parsed.findings().toString()).contains("endpont");
            return;
        }
        assertThat(parsed).as("%s: %s", edit, parsed.findings()).isInstanceOf(ParseOutcome.Valid.class);
        ApplyOutcome outcome = engines.engine.apply(((ParseOutcome.Valid) parsed).config());
        if (edit == Edit.CANNOT_START) {
            assertThat(outcome).isInstanceOf(ApplyOutcome.Refused.class);
            assertThat(((ApplyOutcome.Refused) outcome).reason()).contains("/proc/no/such/place");
        } else {
            assertThat(outcome).as(edit.name()).isEqualTo(new ApplyOutcome.Applied(List.of()));
        }
    }
}
