package io.lightvessel.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.lightvessel.access.Member;
import io.lightvessel.access.Members;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ConfirmDialogs;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Role;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may enter the organisation, and as what. */
@Route(value = "o/:org/members", layout = Frame.class)
@PermitAll
class MembersView extends Screen {

    private final transient Members members;
    private final transient Rows<Member> rows;
    private final Grid<Member> grid = new Grid<>();

    MembersView(ScreenContext context, Members members) {
        super(context);
        this.members = members;
        setHeading("Members");
        addClassName("lv-fill");
        rows = new Rows<>(request -> org().call(() -> members.list(request)));
        grid.setId("members-grid");
        grid.setSizeFull();
        grid.getElement().setAttribute("aria-label", "Members");
        columns();
        grid.setItems(rows::fetch).setItemCountEstimate(50);
    }

    @Override
    protected void show(Org org, Address address) {
        Role own = org.actor().role();
        setSummary("Each role may do what those before it may: viewer, editor, admin, owner."
                + (own == null ? "" : " You are %s here.".formatted(own.word())));
        Button add = new Button("Add member", Icons.PLUS.create(), click -> edit(org, null));
        add.setId("add-member");
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        setActions(Permit.orReason(org, Permission.MEMBER_WRITE, add));
        setBody(grid);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        rows.restart();
        grid.getDataProvider().refreshAll();
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Members"));
    }

    private void columns() {
        grid.addColumn(Member::name).setHeader("Name").setFlexGrow(2).setWidth("160px");
        grid.addColumn(member -> RoleWords.of(member.role()))
                .setHeader("Role")
                .setWidth("110px")
                .setTooltipGenerator(member -> RoleWords.explain(member.role()));
        grid.addColumn(member -> member.hasSignedIn() ? "yes" : "not yet")
                .setHeader("Has signed in")
                .setWidth("130px");
        grid.addComponentColumn(member -> new RelativeTime(member.addedAt()))
                .setHeader("Added")
                .setWidth("110px");
        grid.addColumn(member -> ActorWords.of(member.addedBy()))
                .setHeader("By")
                .setWidth("150px");
        grid.addComponentColumn(this::actions)
                .setHeader("Action")
                .setWidth("240px")
                .setFlexGrow(0)
                .setFrozenToEnd(true);
    }

    private Component actions(Member member) {
        Org org = org();
        Role own = org.actor().role();
        if (!org.may(Permission.MEMBER_WRITE) || own == null || !own.includes(member.role())) {
            return new Span();
        }
        Button change = small("Change role…", "change-" + member.name());
        change.setAriaLabel("Change the role of " + member.name());
        change.addClickListener(click -> edit(org, member));
        Button remove = small("Remove…", "remove-" + member.name());
        remove.setAriaLabel("Remove " + member.name());
        remove.addClickListener(click -> remove(org, member));
        Div row = new Div(change, remove);
        row.addClassName("lv-row");
        return row;
    }

    private static Button small(String text, String id) {
        Button button = new Button(text);
        button.setId(id);
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        return button;
    }

    private void edit(Org org, @Nullable Member member) {
        new MemberDialog(org, members, member, () -> refresh(org)).open();
    }

    private void remove(Org org, Member member) {
        ConfirmDialogs.destructive(
                "Remove " + member.name() + "?",
                "API tokens they made stop working at once. As long as the sign-in counts them among this organisation, they"
                        + " may still look on, unless only members may enter.",
                "Remove " + member.name(),
                () -> {
                    org.run(() -> members.remove(member.name()));
                    Notifications.done(member.name() + " is no member any more.");
                    refresh(org);
                });
    }
}
