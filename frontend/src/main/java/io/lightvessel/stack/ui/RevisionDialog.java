package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.DiffView;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Switcher;
import io.lightvessel.stack.RevisionSummary;
import io.lightvessel.stack.StackDifference;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackService;

/** Shows what a revision changed: its values first, then the text that each role got. */
class RevisionDialog extends Dialog {

    RevisionDialog(Org org, StackService stacks, Cluster cluster, RevisionSummary revision) {
        StackDifference diff = org.call(() -> stacks.diff(cluster, revision.number() - 1, revision.number()));
        setId("revision-dialog");
        setHeaderTitle("Revision " + revision.number() + " of " + cluster.name());
        setWidth("min(1040px, 94vw)");
        setResizable(true);
        Paragraph who = new Paragraph(
                ActorWords.of(revision.author()) + (revision.message().isBlank() ? "" : ": " + revision.message()));
        add(who, parts(diff));
        getFooter().add(new Button("Close", click -> close()));
    }

    /** The values that differ, and the text of each role. */
    static Switcher parts(StackDifference diff) {
        Switcher parts = new Switcher("What changed");
        parts.setId("revision-parts");
        parts.addContent(
                Format.count(diff.changes().size(), "value", "values"),
                diff.changes().isEmpty()
                        ? new Paragraph("No value changed.")
                        : new ChangeTable("Values that changed", diff.changes()));
        for (StackPreview.RoleChange role : diff.roles()) {
            if (role.isChanged()) {
                String name = role.role().wireName() + ".yaml";
                parts.addContent(name, new DiffView("Changes to " + name, role.unifiedDiff()));
            }
        }
        return parts;
    }
}
