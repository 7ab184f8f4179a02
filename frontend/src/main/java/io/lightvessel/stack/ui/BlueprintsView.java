package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.stack.Blueprint;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Manager;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks that clusters inherit from. */
@Route(value = "o/:org/blueprints", layout = Frame.class)
@PermitAll
class BlueprintsView extends Screen {
    private static final int PAGE = 100;

    private final transient BlueprintService blueprints;
    private final SmallTable table = new SmallTable(
            "Blueprints",
            SmallTable.Column.text("Blueprint"),
            SmallTable.Column.number("Revision"),
            SmallTable.Column.number("Clusters"),
            SmallTable.Column.text("Created by"),
            SmallTable.Column.text("Source"));
    private int pages = 1;

    BlueprintsView(ScreenContext context, BlueprintService blueprints) {
        super(context);
        this.blueprints = blueprints;
        setHeading("Blueprints");
        table.setId("blueprints");
    }

    @Override
    protected void show(Org org, Address address) {
        setActions(Permit.orReason(org, Permission.STACK_WRITE, create(org, "create-blueprint")));
        draw(org);
    }

    @Override
    protected void refresh(Org org) {
        draw(org);
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Blueprints"));
    }

    private void draw(Org org) {
        List<Blueprint> shown = new ArrayList<>();
        @Nullable String more = null;
        for (int page = 0; page < pages; page++) {
            String after = shown.isEmpty() ? null : shown.getLast().slug();
            Page<Blueprint> next = org.call(() -> blueprints.list(new PageRequest(PAGE, after)));
            shown.addAll(next.items());
            more = next.nextPageToken();
            if (more == null) {
                break;
            }
        }
        if (shown.isEmpty()) {
            setSummary("No blueprint yet.");
            setBody(new EmptyState(
                    Icons.STACK,
                    "No blueprints yet",
                    "A blueprint is a stack that many clusters inherit from: change it once, and each cluster that"
                            + " follows gets a revision of its own.",
                    Permit.orReason(org, Permission.STACK_WRITE, create(org, "create-first-blueprint"))));
            return;
        }
        setSummary((more == null ? "" : "The first ") + Format.count(shown.size(), "blueprint", "blueprints") + ".");
        table.setRows(shown.stream()
                .map(blueprint -> List.of(
                        new SmallTable.Cell(blueprint.name(), Paths.blueprint(org, blueprint.slug())),
                        SmallTable.Cell.of(Integer.toString(blueprint.revision())),
                        SmallTable.Cell.of(Integer.toString(blueprint.clusters())),
                        SmallTable.Cell.of(ActorWords.of(blueprint.createdBy())),
                        SmallTable.Cell.of(source(blueprint.manager()))))
                .toList());
        Div list = new Div(table);
        if (more != null) {
            list.add(new Button("Show more", click -> {
                pages++;
                draw(org);
            }));
        }
        setBody(list);
    }

    private static String source(@Nullable Manager manager) {
        return manager == null || !manager.isTool() ? "Console" : manager.words();
    }

    private Button create(Org org, String id) {
        Button button = new Button(
                "Create blueprint", Icons.PLUS.create(), click -> new NewBlueprintDialog(org, blueprints).open());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        button.setId(id);
        return button;
    }
}
