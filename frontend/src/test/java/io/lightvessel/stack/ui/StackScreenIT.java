package io.lightvessel.stack.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.ui.DiffView;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SignedInAs(organisations = "console-stack")
class StackScreenIT extends ConsoleTest {

    @Autowired
    private StackService stacks;

    private Org org;
    private Cluster cluster;

    @BeforeEach
    void savedStack() {
        org = org("console-stack");
        cluster = cluster(org, "prod");
        save(withTeam("none"));
        open("o/console-stack/clusters/prod/stack");
    }

    @Test
    void anUntouchedFormHasNothingToReview() {
        assertThat(byId(Button.class, "stack-review").isEnabled()).isFalse();
        assertThat(textOf(byId(Span.class, "stack-state"))).isEqualTo("No unsaved changes.");
    }

    @Test
    void aChangeIsShownAsDiffAndSavedAsTheNextRevision() {
        int before = latest().number();
        setTeam("blue");
        test(byId(Button.class, "stack-review")).click();
        assertThat(find(DiffView.class).all().getFirst().getElement().getProperty("innerHTML"))
                .contains("value: blue")
                .contains("value: none");
        test(byId(TextField.class, "review-message")).setValue("give it to blue");
        test(byId(Button.class, "review-save")).click();

        assertThat(latest().number()).isEqualTo(before + 1);
        assertThat(latest().message()).isEqualTo("give it to blue");
        assertThat(latest().author()).isEqualTo("user:ada");
        assertThat(latest().spec().gateway().resourceAttributes()).containsEntry("team", "blue");
        assertThat(textOf(byId(Span.class, "stack-state"))).isEqualTo("No unsaved changes.");
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndCannotBeReviewed() {
        IntegerField port = byId(IntegerField.class, "stack-grpc-port");
        test(port).setValue(0);
        assertThat(port.isInvalid()).isTrue();
        assertThat(port.getErrorMessage()).contains("0", "expected: 1..65535");
        assertThat(byId(Button.class, "stack-review").isEnabled()).isFalse();
    }

    @Test
    void somebodyElsesSaveMeanwhileHasToBeDecidedAbout() {
        setTeam("blue");
        save(withTeam("green"));
        int theirs = latest().number();
        test(byId(Button.class, "stack-review")).click();
        assertThat(textOf(byId(Div.class, "stack-conflict"))).contains("Somebody saved revision " + theirs);
        assertThat(byId(Button.class, "review-save").isEnabled()).isFalse();

        test(byId(Button.class, "conflict-rebase")).click();
        test(byId(Button.class, "review-save")).click();
        assertThat(latest().number()).isEqualTo(theirs + 1);
        assertThat(latest().spec().gateway().resourceAttributes()).containsEntry("team", "blue");
        assertThat(find(Dialog.class).withId("review-dialog").exists()).isFalse();
    }

    private void setTeam(String team) {
        test(byId(TextField.class, "resource-attributes-value-1")).setValue(team);
    }

    private static StackSpec withTeam(String team) {
        StackSpec spec = StackSpec.defaults();
        return spec.withGateway(spec.gateway().withResourceAttributes(Map.of("team", team)))
                .withBackends(new Backends(
                        new Backends.Http("http://prometheus:9090/api/v1/write"),
                        new Backends.Grpc("tempo:4317", true),
                        new Backends.Http("http://loki:3100/otlp"),
                        null,
                        spec.backends().grafana()));
    }

    private void save(StackSpec spec) {
        org.call(() -> stacks.save(
                cluster,
                spec,
                stacks.current(cluster.id()).map(StackRevision::number).orElse(0),
                "by a test"));
    }

    private StackRevision latest() {
        return org.call(() -> stacks.current(cluster.id())).orElseThrow();
    }
}
