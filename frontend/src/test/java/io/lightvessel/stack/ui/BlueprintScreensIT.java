package io.lightvessel.stack.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.stack.BlueprintDocument;
import io.lightvessel.stack.BlueprintRevision;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.Manager;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.Writer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;

@SignedInAs(organisations = {"console-blueprints", "console-no-blueprints"})
class BlueprintScreensIT extends ConsoleTest {
    private static final String CONTENT = """
            {"spec": {"gateway": {"scaling": {"maxReplicas": 9}},
                      "backends": {"destinations": {"traces": {"type": "TEMPO", "endpoint": "tempo:4317"}}}},
             "overrides": []}""";

    @Autowired
    private BlueprintService blueprints;

    @Autowired
    private BlueprintDocument documents;

    @Autowired
    private InheritanceService inheritances;

    @Autowired
    private StackService stacks;

    @Autowired
    private DraftService drafts;

    private Org org;
    private Cluster cluster;
    private String blueprint;

    @BeforeEach
    void aBlueprintAndACluster() {
        org = org("console-blueprints");
        cluster = cluster(org, "c" + UUID.randomUUID().toString().substring(0, 8));
        blueprint = "b" + UUID.randomUUID().toString().substring(0, 8);
        org.call(() ->
                blueprints.create(blueprint, "Base " + blueprint, documents.read(CONTENT), "first", Writer.CONSOLE));
    }

    @Test
    void withoutBlueprintsTheListSaysWhatTheyAreFor() {
        org("console-no-blueprints");
        open("o/console-no-blueprints/blueprints");
        assertThat(texts(EmptyState.class)).contains("No blueprints yet").contains("Create blueprint");
    }

    @Test
    void theFieldsOfAnInheritingStackSayWhereTheirValuesComeFrom() {
        inherit();
        open("o/console-blueprints/clusters/" + cluster.slug() + "/stack");

        assertThat(byId(TextField.class, "stack-traces-endpoint").getHelperText())
                .isEqualTo("From blueprint " + blueprint + " revision 1");
        assertThat(textOf(byId(Div.class, "stack-inheritance"))).contains("Follows blueprint " + blueprint);
    }

    @Test
    void aChangedBlueprintReachesTheClusterThatFollows() {
        inherit();
        open("o/console-blueprints/blueprints/" + blueprint);
        test(byId(TextArea.class, "blueprint-document")).setValue(CONTENT.replace("9", "12"));
        assertThat(textOf(byId(Span.class, "blueprint-state"))).contains("1 cluster a new revision");
        test(byId(Button.class, "blueprint-save")).click();

        assertThat(latest().number()).isEqualTo(2);
        assertThat(latest().spec().gateway().scaling().maxReplicas()).isEqualTo(12);
        assertThat(latest().author()).isEqualTo("user:ada");
    }

    @Test
    void whatIsWrongInABlueprintIsSaidAndCannotBeSaved() {
        open("o/console-blueprints/blueprints/" + blueprint);
        test(byId(TextArea.class, "blueprint-document")).setValue(CONTENT.replace("gateway", "gatway"));
        assertThat(textOf(byId(Div.class, "blueprint-findings"))).contains("gatway: unknown key");
        assertThat(byId(Button.class, "blueprint-save").isEnabled()).isFalse();
    }

    @Test
    void editsAreKeptAsADraftAndContinued() {
        inherit();
        open("o/console-blueprints/clusters/" + cluster.slug() + "/stack");
        test(byId(TextField.class, "stack-namespace")).setValue("other");
        test(byId(Button.class, "stack-keep-draft")).click();

        assertThat(latest().number()).isEqualTo(1);
        assertThat(org.call(() -> drafts.list(cluster, PageRequest.FIRST)).items())
                .singleElement()
                .satisfies(
                        draft -> assertThat(draft.spec().gateway().namespace()).isEqualTo("other"));
        assertThat(byId(TextField.class, "stack-namespace").getValue()).isEqualTo("monitoring");
        test(find(Button.class).withText("Continue").single()).click();
        assertThat(byId(TextField.class, "stack-namespace").getValue()).isEqualTo("other");
        assertThat(byId(Button.class, "stack-review").isEnabled()).isTrue();
    }

    @Test
    void whatHasNoFieldIsEditedAsADocument() {
        inherit();
        open("o/console-blueprints/clusters/" + cluster.slug() + "/stack");
        test(byId(Button.class, "stack-document")).click();
        TextArea text = byId(TextArea.class, "document-text");
        test(text)
                .setValue(text.getValue()
                        .replace("\"HYBRID\"", "\"SIDECAR\"")
                        .replace("\"maxReplicas\" : 9", "\"maxReplicas\" : 8"));
        test(byId(Button.class, "document-apply")).click();

        assertThat(byId(IntegerField.class, "hpa-max").getValue()).isEqualTo(8);
        assertThat(textOf(byId(Div.class, "stack-findings"))).contains("SIDECAR");
    }

    @Test
    void aRevisionSaysWhatItChanged() {
        inherit();
        open("o/console-blueprints/clusters/" + cluster.slug() + "/stack");
        test(find(Button.class).withText("What changed").all().getFirst()).click();
        assertThat(texts(ChangeTable.class)).contains("gateway.scaling.maxReplicas", "9");
    }

    @Test
    void whatAToolOwnsIsReadOnlyUntilSomebodyTakesItOver() {
        Writer git = new Writer(Manager.parse("git:https://git.example/fleet"), false);
        inherit();
        org.call(() -> stacks.save(cluster, latest().spec(), 1, "applied", git));
        open("o/console-blueprints/clusters/" + cluster.slug() + "/stack");

        assertThat(textOf(byId(Div.class, "managed-by")))
                .contains("This stack is managed by Git (https://git.example/fleet) and is read-only here");
        assertThat(byId(TextField.class, "stack-namespace").isReadOnly()).isTrue();
        assertThat(find(Button.class).all().stream().map(Button::getText))
                .doesNotContain("Review changes", "Edit as document", "Load into the form", "Stand alone")
                .contains("What changed");

        test(byId(Button.class, "take-over")).click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(byId(TextField.class, "stack-namespace").isReadOnly()).isFalse();
        assertThat(byId(Button.class, "stack-review").isVisible()).isTrue();
        assertThat(find(Button.class).withText("Load into the form").all()).isNotEmpty();
        test(byId(TextField.class, "stack-namespace")).setValue("other");
        assertThat(byId(Button.class, "stack-review").isEnabled()).isTrue();
    }

    @Test
    void aBlueprintThatAToolOwnsIsReadOnlyAndItsSourceIsInTheList() {
        BlueprintRevision first = org.call(() -> blueprints.revision(blueprint, 1));
        Writer terraform = new Writer(Manager.parse("terraform:fleet"), false);
        org.call(() -> blueprints.save(blueprint, first.content(), 1, "applied", terraform));
        open("o/console-blueprints/blueprints");
        assertThat(texts(SmallTable.class)).contains("Source", "Terraform (fleet)");

        open("o/console-blueprints/blueprints/" + blueprint);
        assertThat(byId(TextArea.class, "blueprint-document").isReadOnly()).isTrue();
        assertThat(find(Button.class).withText("Save revision").all()).isEmpty();
        test(byId(Button.class, "take-over")).click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(byId(TextArea.class, "blueprint-document").isReadOnly()).isFalse();
        assertThat(org.call(() -> blueprints.get(blueprint)).manager().isTool()).isFalse();
    }

    private void inherit() {
        org.call(() -> inheritances.inherit(
                cluster, blueprint, null, JsonNodeFactory.instance.objectNode(), 0, "by a test", Writer.CONSOLE));
    }

    private StackRevision latest() {
        return org.call(() -> stacks.current(cluster.id())).orElseThrow();
    }
}
