package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackSpec;
import java.util.function.Consumer;

/** Edits the whole stack as its document; what is applied goes into the form, to be reviewed there. */
class DocumentDialog extends Dialog {
    private final transient StackDocument documents;
    private final transient Consumer<StackSpec> apply;
    private final TextArea text = new TextArea("Stack as JSON");
    private final Div problem = new Div();

    DocumentDialog(StackDocument documents, StackSpec spec, Consumer<StackSpec> apply) {
        this.documents = documents;
        this.apply = apply;
        setId("document-dialog");
        setHeaderTitle("The stack as a document");
        setWidth("min(1040px, 94vw)");
        setResizable(true);
        Paragraph hint =
                new Paragraph("Everything a stack can say, also what has no field. What you leave out takes the"
                        + " default. The form of it is at /api/v1/schemas/stack.");
        hint.addClassName("lv-hint");
        text.setId("document-text");
        text.addClassName("lv-mono");
        text.setWidthFull();
        text.setMinHeight("24em");
        text.setMaxHeight("60vh");
        text.setValue(documents.writePretty(spec));
        problem.setId("document-problem");
        problem.getElement().setAttribute("role", "status");
        Button use = new Button("Apply to the form", click -> apply());
        use.setId("document-apply");
        use.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div content = new Div(hint, problem, text);
        content.addClassName("lv-body");
        add(content);
        getFooter().add(new Button("Cancel", click -> close()), use);
    }

    private void apply() {
        try {
            StackSpec spec = documents.read(text.getValue());
            close();
            apply.accept(spec);
        } catch (LightvesselException e) {
            problem.removeAll();
            problem.add(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }
}
