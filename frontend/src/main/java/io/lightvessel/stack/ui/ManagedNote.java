package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ConfirmDialogs;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Manager;
import io.lightvessel.stack.Ownership;
import io.lightvessel.tenancy.Permission;
import org.jspecify.annotations.Nullable;

/** Says which tool owns what is shown and where it is changed, and lets people take it over. */
class ManagedNote extends Div {
    private final String what;
    private @Nullable Manager shown;

    /** @param what such as {@code This stack} */
    ManagedNote(String what) {
        this.what = what;
        setId("managed-by");
        setVisible(false);
    }

    /** @param released what to do once people have taken it over */
    void setStack(Org org, Ownership ownership, Cluster cluster, Runnable released) {
        set(org, org.call(() -> ownership.ofStack(cluster)).orElse(null), () -> {
            org.run(() -> ownership.releaseStack(cluster));
            released.run();
        });
    }

    /** @param release takes it over */
    void set(Org org, @Nullable Manager owner, Runnable release) {
        Manager manager = owner == null || owner.isTool() ? owner : null;
        if (manager == null ? shown == null : manager.equals(shown)) {
            return;
        }
        shown = manager;
        removeAll();
        setVisible(manager != null);
        if (manager != null) {
            add(new Note(
                    Tone.WARN,
                    what + " is managed by " + manager.words() + " and is read-only here: change it there.",
                    actions(org, manager, release)));
        }
    }

    boolean isManaged() {
        return shown != null;
    }

    private Div actions(Org org, Manager manager, Runnable release) {
        Button take = new Button("Take over", click -> confirm(manager, release));
        take.setId("take-over");
        take.addThemeVariants(ButtonVariant.LUMO_SMALL);
        Div row = new Div();
        row.addClassName("lv-row");
        if (manager.isLink()) {
            Anchor there = new Anchor(manager.ref(), "Open " + manager.ref());
            there.getElement().setAttribute("rel", "noopener noreferrer");
            row.add(there);
        }
        row.add(Permit.orReason(org, Permission.STACK_WRITE, take));
        return row;
    }

    private void confirm(Manager manager, Runnable release) {
        ConfirmDialogs.destructive(
                "Take over from " + manager.words() + "?",
                "People can change it here from then on, and the tool's next write is refused until it takes it over"
                        + " again. What it is now stays, and the audit log says who took it over.",
                "Take over",
                () -> {
                    try {
                        release.run();
                    } catch (LightvesselException e) {
                        Notifications.failed(ErrorSentence.of(e));
                    }
                });
    }
}
