package io.lightvessel.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what. */
@SignedInAs(organisations = "console-mine")
class AccessIT extends ConsoleTest {

    @BeforeEach
    void organisations() {
        org("console-mine");
        cluster(org("console-theirs"), "prod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home",
                "clusters",
                "clusters/prod",
                "clusters/prod/stack",
                "agents",
                "agents/agt_abcdefghijkm",
                "topology",
                "scaling",
                "enrolment",
                "enrolment/lve_aaaaaaaaaa"
            })
    void noScreenOfAnotherOrganisationIsShown(String screen) {
        UI.getCurrent().navigate("o/console-theirs/" + screen);
        assertThat(byId(Main.class, "forbidden"))
                .satisfies(view -> assertThat(textOf(view))
                        .contains(
                                "No access to console-theirs",
                                "There is no organisation of this name that ada belongs to."));
    }

    @Test
    void anOrganisationThatDoesNotExistLooksTheSame() {
        UI.getCurrent().navigate("o/console-nobodys/home");
        assertThat(textOf(byId(Main.class, "forbidden"))).contains("No access to console-nobodys");
    }

    @Test
    void anotherOrganisationsClusterIsNotFoundUnderOnesOwn() {
        UI.getCurrent().navigate("o/console-mine/clusters/prod");
        assertThat(textOf(byId(Main.class, "failure")))
                .contains("Cluster not found", "There is no cluster prod in this tenant.");
    }

    @Test
    void anAgentThatCannotExistIsNotFound() {
        UI.getCurrent().navigate("o/console-mine/agents/nonsense");
        assertThat(textOf(byId(Main.class, "failure"))).contains("There is no agent nonsense in this organisation.");
    }

    @Test
    void theBareAddressLeadsToTheFirstOrganisation() {
        UI.getCurrent().navigate("");
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath())
                .isEqualTo("o/console-mine/home");
    }
}
