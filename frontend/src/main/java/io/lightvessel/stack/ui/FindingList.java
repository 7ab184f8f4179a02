package io.lightvessel.stack.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.StackFinding;
import java.util.List;

/** Lists what is wrong, or might be, with a stack. */
class FindingList extends Div {

    FindingList() {
        setId("stack-findings");
        getElement().setAttribute("aria-live", "polite");
    }

    void set(List<StackFinding> findings) {
        removeAll();
        setVisible(!findings.isEmpty());
        UnorderedList list = new UnorderedList();
        list.addClassNames("lv-plain", "lv-card");
        for (StackFinding finding : findings) {
            StatusBadge badge = new StatusBadge(
                    finding.isError() ? Tone.BAD : Tone.WARN,
                    finding.isError() ? "Error" : "Warning",
                    finding.isError()
                            ? "Keeps the stack from being saved."
                            : "Worth knowing; does not stand in the way.");
            Span path = new Span(where(finding));
            path.addClassName("lv-mono");
            String fix = finding.fix();
            Div line = new Div(badge, path, new Span(fix == null ? finding.message() : finding.message() + ". " + fix));
            line.addClassName("lv-row");
            list.add(new ListItem(line));
        }
        add(list);
    }

    private static String where(StackFinding finding) {
        return switch (finding.source()) {
            case STACK -> finding.path();
            case GATEWAY_CONFIG -> "gateway config " + finding.path();
            case COLLECTOR_CONFIG -> "collector config " + finding.path();
            case EDGE_CONFIG -> "edge config " + finding.path();
        };
    }
}
