package io.lightvessel.gateway.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.gateway.relabel.LabelsBuilder;
import io.lightvessel.gateway.relabel.Relabelling;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A config that passes its checks can be put to work, whatever is in it. */
class ScrapeConfigFuzzTest {

    private static final Environment NOTHING = Environment.of(Map.of());

    /** A config with findings. */
    private static final class Objection extends Exception {
        Objection(String message) {
            super(message);
        }
    }

    @Test
    void checkedConfigsMakeTargets() {
        Fuzz.run(
                "scrape-config",
                3000,
                input -> {
                    ParseOutcome outcome = ConfigParser.parse(new String(input, StandardCharsets.UTF_8), NOTHING);
                    if (!(outcome instanceof ParseOutcome.Valid valid)) {
                        throw new Objection(
                                outcome.findings().getFirst().message().replaceAll("'.*'", ""));
                    }
                    StringBuilder made = new StringBuilder();
                    for (ComponentConfig receiver : valid.config().receivers().values()) {
                        if (receiver.id().type().equals("prometheus")) {
                            ReceiverConfig.of(receiver.id(), receiver.settings())
                                    .jobs()
                                    .forEach(job -> made.append(resolve(job)));
                        }
                    }
                    return made;
                },
                Objection.class);
    }

    private static String resolve(ScrapeConfig job) {
        TargetResolver resolver = new TargetResolver(job.targets());
        Relabelling metrics =
                Relabelling.compile(job.metricRelabelling(), job.targets().names());
        StringBuilder made = new StringBuilder();
        for (DiscoveryConfig config : job.discoveries()) {
            if (!(config instanceof DiscoveryConfig.Static targets)) {
                continue;
            }
            for (TargetGroup group : targets.groups()) {
                for (Map<String, String> target : group.targets()) {
                    switch (resolver.resolve(target, group.labels())) {
                        case Resolution.Usable(Target usable) -> {
                            assertThat(usable.labels().asMap().keySet()).noneMatch(name -> name.startsWith("__"));
                            assertThat(usable.timeout()).isLessThanOrEqualTo(usable.interval());
                            made.append(usable.labels().size());
                            metrics.apply(new LabelsBuilder().reset(usable.labels()));
                        }
                        case Resolution.Dropped(int rule) -> made.append('d').append(rule);
                        case Resolution.Unusable(String reason) ->
                            made.append('u').append(reason.length());
                    }
                }
            }
        }
        return made.toString();
    }
}
