package io.lightvessel.profiles.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParameters;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.profiles.ProfileAnswers;
import io.lightvessel.profiles.ProfileQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileChoiceTest {
    private static final AgentId NODE = new AgentId("agt_aaaaaaaaaaaa");
    private static final AgentId OTHER = new AgentId("agt_bbbbbbbbbbbb");

    private final ProfileChoice choice = new ProfileChoice(() -> {});

    @Test
    void nothingChosenAsksForAllOfFiveMinutes() {
        read(Map.of());

        assertThat(choice.query()).isEqualTo(new ProfileQuery(null, "", "", Duration.ofMinutes(5)));
    }

    @Test
    void addressIsReadAndWrittenAsItWas() {
        Map<String, String> address =
                Map.of("agent", NODE.value(), "service", "shop", "process", NODE.value() + " 7-100", "minutes", "10");

        read(address);

        assertThat(choice.query()).isEqualTo(new ProfileQuery(NODE, "shop", "7-100", Duration.ofMinutes(10)));
        Map<String, String> written = new TreeMap<>();
        choice.remember(written::put);
        assertThat(written).isEqualTo(new TreeMap<>(address));
    }

    @Test
    void addressThatMakesNoSenseAsksForAll() {
        read(Map.of("agent", "nobody", "minutes", "-3"));

        assertThat(choice.query()).isEqualTo(new ProfileQuery(null, "", "", Duration.ofMinutes(5)));
    }

    @Test
    void processOfAnotherNodeWithTheSameNumberIsAnother() {
        read(Map.of("process", NODE.value() + " 7-100"));

        assertThat(choice.includes(process(NODE))).isTrue();
        assertThat(choice.includes(process(OTHER))).isFalse();
    }

    @Test
    void whatIsChosenStaysOfferedWhenItWasNotSeenAgain() {
        read(Map.of("service", "gone"));

        choice.offer(new ProfileAnswers(null, null, 0, List.of(process(NODE)), List.of(), 0, List.of()));

        assertThat(choice.query().service()).isEqualTo("gone");
    }

    private void read(Map<String, String> query) {
        choice.read(new Address("o/x/profiles", RouteParameters.empty(), QueryParameters.simple(query)));
    }

    private static ProfileAnswers.Process process(AgentId agent) {
        return new ProfileAnswers.Process(agent, "7-100", Map.of("service_name", "shop", "pid", "7"), 10);
    }
}
