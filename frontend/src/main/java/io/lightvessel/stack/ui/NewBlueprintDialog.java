package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.BlueprintContent;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Writer;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Asks for the name of a blueprint and creates it empty, to be filled on its screen. */
class NewBlueprintDialog extends Dialog {
    private final transient Org org;
    private final transient BlueprintService blueprints;
    private final TextField slug = new TextField("Short name");
    private final TextField name = new TextField("Name");
    private final Div problem = new Div();

    NewBlueprintDialog(Org org, BlueprintService blueprints) {
        this.org = org;
        this.blueprints = blueprints;
        setId("new-blueprint-dialog");
        setHeaderTitle("Create a blueprint");
        slug.setId("new-blueprint-slug");
        slug.setHelperText("Lower-case letters, digits and hyphens; it stays");
        slug.setWidthFull();
        name.setId("new-blueprint-name");
        name.setWidthFull();
        Div fields = new Div(problem, slug, name);
        fields.addClassName("lv-body");
        Button create = new Button("Create", click -> create());
        create.setId("new-blueprint-create");
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add(fields);
        getFooter().add(new Button("Cancel", click -> close()), create);
    }

    private void create() {
        String chosen = slug.getValue().strip();
        try {
            BlueprintContent nothing = new BlueprintContent(JsonNodeFactory.instance.objectNode(), List.of());
            org.call(() -> blueprints.create(
                    chosen,
                    name.getValue().isBlank() ? chosen : name.getValue().strip(),
                    nothing,
                    "Created",
                    Writer.CONSOLE));
            close();
            getUI().ifPresent(ui -> ui.navigate(Paths.blueprint(org, chosen)));
        } catch (LightvesselException e) {
            problem.removeAll();
            problem.add(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }
}
