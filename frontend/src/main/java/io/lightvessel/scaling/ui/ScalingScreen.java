package io.lightvessel.scaling.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.ReplicaBar;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.scaling.ScalingService;
import io.lightvessel.scaling.ScalingView;
import io.lightvessel.stack.ui.StackEditing;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway's scaling policy of a cluster beside how many gateways there are, and the manifest it renders to. */
@Route(value = "o/:org/scaling", layout = Frame.class)
@PermitAll
class ScalingScreen extends Screen {

    private final transient ClusterService clusters;
    private final transient ScalingService scaling;
    private final transient StackEditing editing;

    private final ReplicaBar replicas = new ReplicaBar();
    private final Div policy = new Div();
    private final CodeBlock manifest = new CodeBlock("HorizontalPodAutoscaler manifest", "");
    private final Paragraph off = new Paragraph("Autoscaling is off, so no HorizontalPodAutoscaler is rendered.");
    private @Nullable Cluster cluster;
    private @Nullable ScalingView shown;

    ScalingScreen(ScreenContext context, ClusterService clusters, ScalingService scaling, StackEditing editing) {
        super(context);
        this.clusters = clusters;
        this.scaling = scaling;
        this.editing = editing;
        setHeading("Scaling");
        manifest.setId("hpa-manifest");
        policy.setId("hpa-policy");
        off.addClassName("lv-soft");
    }

    @Override
    protected void show(Org org, Address address) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        Optional<Cluster> chosen = ClusterSelect.chosen(all, address);
        if (chosen.isEmpty()) {
            setSummary("No gateways to scale yet.");
            setActions();
            setBody(new EmptyState(
                    Icons.SCALING,
                    "No clusters yet",
                    "Each cluster's gateway has a scaling policy: how few and how many replicas, and what makes it grow.",
                    new Anchor(Paths.clusters(org) + "?connect=1", "Connect a cluster")));
            return;
        }
        Cluster of = chosen.get();
        cluster = of;
        shown = null;
        setActions(new ClusterSelect(
                all,
                of,
                other -> getUI().ifPresent(ui ->
                        ui.navigate(Paths.screen(org, "scaling"), QueryParameters.of("cluster", other.slug())))));
        Button edit = new Button("Edit policy", click -> edit(org, of));
        edit.setId("edit-policy");
        Div left =
                new Div(new Card("Gateway replicas", replicas), new Card("Manifest (autoscaling/v2)", off, manifest));
        Div right = new Div(
                new Card("Policy", new Component[] {Permit.orReason(org, Permission.STACK_WRITE, edit)}, policy));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(columns);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        ScalingView view = org.call(() -> scaling.view(of));
        if (view.equals(shown)) {
            return;
        }
        replicas.set(view.policy(), view.currentReplicas());
        setSummary(
                view.policy().enabled()
                        ? "The gateway of " + of.name() + " grows above "
                                + view.policy().targetCpuPercent() + " % CPU."
                        : "The gateway of " + of.name() + " does not scale by itself.");
        policy.removeAll();
        policy.add(PolicyFacts.of(view));
        String text = view.manifest();
        off.setVisible(text == null);
        manifest.setVisible(text != null);
        manifest.setText(text == null ? "" : text);
        shown = view;
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Scaling"));
    }

    private void edit(Org org, Cluster of) {
        new PolicyDialog(org, editing, of, () -> refresh(org)).open();
    }
}
