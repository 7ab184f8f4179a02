package io.lightvessel.onboarding.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.StatusBadge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SignedInAs(organisations = "console-enrolment")
class EnrolmentScreensIT extends ConsoleTest {

    private Org org;
    private Cluster cluster;

    @BeforeEach
    void oneCluster() {
        org = org("console-enrolment");
        cluster = cluster(org, "prod");
    }

    @Test
    void aNewTokenIsShownOnceWithItsCommand() {
        open("o/console-enrolment/enrolment?new=1");
        test(byId(TextField.class, "token-label")).setValue("First");
        test(byId(Button.class, "token-create")).click();

        String command = textOf(byId(CodeBlock.class, "command-direct"));
        assertThat(command).contains("./lightvessel agent --role gateway --control-plane http", "--token lve_");

        String path = com.vaadin
                .flow
                .component
                .UI
                .getCurrent()
                .getInternals()
                .getActiveViewLocation()
                .getPath();
        open("o/console-enrolment/enrolment");
        open(path);
        assertThat(find(CodeBlock.class).withId("command-direct").exists()).isFalse();
        assertThat(texts(Main.class)).contains("was shown once");
    }

    @Test
    void theFirstStepWaitsAndTheOthersHaveNotBegun() {
        CreatedToken created = token(org, cluster);
        open("o/console-enrolment/enrolment/" + created.token().id());
        assertThat(stateOf("step-token-seen")).isEqualTo("waiting");
        assertThat(stateOf("step-connected")).isEqualTo("later");
        assertThat(stateOf("step-first-data")).isEqualTo("later");
    }

    @Test
    void stepsAreDoneOnceTheAgentCame() throws Exception {
        agent(org, cluster, "newcomer");
        String id = org.call(() -> tokens.list(new PageRequest(200, null))).items().stream()
                .filter(token -> token.uses() == 1)
                .findFirst()
                .orElseThrow()
                .id();
        open("o/console-enrolment/enrolment/" + id);
        assertThat(stateOf("step-token-seen")).isEqualTo("done");
        assertThat(stateOf("step-connected")).isEqualTo("done");
        assertThat(texts(Main.class)).contains("Let in");
    }

    @Test
    void revokingAsksFirstAndSaysWhatStays() {
        CreatedToken created = token(org, cluster);
        open("o/console-enrolment/enrolment/" + created.token().id());
        test(byId(Button.class, "revoke-token")).click();
        ConfirmDialog dialog = byId(ConfirmDialog.class, "confirm-dialog");
        test(dialog).confirm();
        assertThat(byId(StatusBadge.class, "token-state").getElement().getAttribute("data-status"))
                .isEqualTo("Revoked");
    }

    @Test
    void theListShowsEveryToken() {
        token(org, cluster);
        open("o/console-enrolment/enrolment");
        assertThat(test(byId(Grid.class, "tokens-grid")).size()).isPositive();
    }

    private String stateOf(String step) {
        return byId(ListItem.class, step).getElement().getAttribute("data-state");
    }
}
