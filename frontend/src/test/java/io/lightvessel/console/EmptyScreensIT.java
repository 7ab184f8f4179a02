package io.lightvessel.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Main;
import io.lightvessel.platform.ui.EmptyState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an organisation sees in which nothing is connected yet: why it is empty and what to do about it. */
@SignedInAs(organisations = "console-empty")
class EmptyScreensIT extends ConsoleTest {

    @BeforeEach
    void organisationWithoutClusters() {
        org("console-empty");
    }

    @Test
    void homeCountsNothingAndLeadsToTheFirstStep() {
        Main screen = screen("home");
        assertThat(textOf(screen)).contains("Nothing is connected yet.", "No agents yet.", "0 of 4");
    }

    @Test
    void clustersOfferToConnectOne() {
        screen("clusters");
        assertThat(texts(EmptyState.class)).contains("No clusters yet").contains("Connect cluster");
    }

    @Test
    void agentsLeadToEnrolment() {
        screen("agents");
        assertThat(texts(EmptyState.class)).contains("No agents yet").contains("Create an enrolment token");
    }

    @Test
    void topologyScalingAndEnrolmentAskForAClusterFirst() {
        for (String screen : new String[] {"topology", "scaling", "enrolment"}) {
            screen(screen);
            assertThat(texts(EmptyState.class)).contains("No clusters yet").contains("Connect a cluster");
        }
    }

    private Main screen(String screen) {
        Component view = navigate("o/console-empty/" + screen, Main.class);
        return (Main) view;
    }
}
