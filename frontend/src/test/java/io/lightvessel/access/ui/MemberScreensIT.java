package io.lightvessel.access.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.access.Member;
import io.lightvessel.audit.AuditEntry;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members of an organisation as an owner and as a viewer see them, and what a viewer finds on other screens. */
class MemberScreensIT extends ConsoleTest {
    private Org org;

    @BeforeEach
    void anOrganisation() {
        org = org("console-members");
        cluster(org, "prod");
        member(org.tenant(), "vic", Role.VIEWER);
    }

    @Test
    @SignedInAs(value = "ada", organisations = "console-members")
    void anOwnerLetsSomebodyInAndChangesTheirRole() {
        open("o/console-members/members");
        byId(Button.class, "add-member").click();
        byId(TextField.class, "member-name").setValue("new");
        this.<Role>role().setValue(Role.EDITOR);
        byId(Button.class, "member-save").click();
        assertThat(org.call(() -> members.get("new")).role()).isEqualTo(Role.EDITOR);

        byId(Button.class, "add-member").click();
        byId(TextField.class, "member-name").setValue("new");
        byId(Button.class, "member-save").click();
        assertThat(byId(TextField.class, "member-name").getErrorMessage())
                .isEqualTo("new is a member already. Change the role instead.");
        byId(Dialog.class, "member-dialog").close();
        org.run(() -> members.remove("new"));
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-members")
    void aViewerSeesMembersAndWhyNothingCanBeChanged() {
        open("o/console-members/members");
        assertThat(find(Button.class).withId("add-member").all()).isEmpty();
        assertThat(textOf(byId(Main.class, "main")))
                .contains("Changing members needs the role admin.", "You are viewer here.");
        Grid<Member> grid = grid();
        assertThat(grid.getGenericDataView().getItems().map(Member::name)).containsExactly("ada", "vic");
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-members")
    void aViewerIsOfferedNoChangeOnAnyScreen() {
        for (List<String> one : List.of(
                List.of("clusters?connect=1", "connect-cluster", "Connecting a cluster needs the role editor."),
                List.of("clusters/prod", "delete-cluster", "Deleting a cluster needs the role admin."),
                List.of("clusters/prod/stack", "stack-review", "Changing a stack needs the role editor."),
                List.of("scaling", "edit-policy", "Changing a stack needs the role editor."),
                List.of("enrolment?new=1", "new-token", "Changing enrolment tokens needs the role editor."))) {
            open("o/console-members/" + one.get(0));
            assertThat(find(Button.class).withId(one.get(1)).all())
                    .as(one.get(0))
                    .isEmpty();
            assertThat(find(Dialog.class).all()).as(one.get(0)).isEmpty();
            assertThat(textOf(byId(Main.class, "main"))).as(one.get(0)).contains(one.get(2));
        }
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-members")
    void aScreenThatCallsAnywayIsRefused() {
        Org asViewer = new Org(org.tenant(), Actor.user("vic", Role.VIEWER));
        assertThatThrownBy(() -> asViewer.run(() -> clusters.delete("prod", 0)))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("Deleting a cluster needs the role admin. user:vic has the role viewer in this tenant.");
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-members")
    void theAuditLogIsNotForViewers() {
        open("o/console-members/audit");
        assertThat(textOf(byId(Main.class, "main")))
                .contains("Looking at the audit log needs the role admin. You are viewer here.");
        assertThat(find(Grid.class).all()).isEmpty();
    }

    @Test
    @SignedInAs(value = "ada", organisations = "console-members")
    void anOwnerFiltersTheAuditLogAndChecksIt() {
        open("o/console-members/audit?action=cluster.create");
        Grid<AuditEntry> grid = byId(Grid.class, "audit-grid");
        assertThat(grid.getGenericDataView().getItems().map(AuditEntry::target)).containsExactly("cluster/prod");
        byId(TextField.class, "audit-action").setValue("nothing.*");
        byId(Button.class, "audit-verify").click();
        assertThat(textOf(byId(Div.class, "audit-outcome"))).startsWith("The log is whole: ");
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-members")
    void everyMemberSeesWhatMayBeUsed() {
        open("o/console-members/settings");
        assertThat(textOf(byId(Main.class, "main")))
                .contains("Clusters", "1 of 10,000", "Agents", "0 of 50,000", "at most 6,000 a minute");
    }

    @SuppressWarnings("unchecked")
    private <T> Select<T> role() {
        return byId(Select.class, "member-role");
    }

    @SuppressWarnings("unchecked")
    private Grid<Member> grid() {
        return byId(Grid.class, "members-grid");
    }
}
