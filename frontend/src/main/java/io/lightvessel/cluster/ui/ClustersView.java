package io.lightvessel.cluster.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.AgentCounts;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clusters of the organisation, each with its agents on both axes. */
@Route(value = "o/:org/clusters", layout = Frame.class)
@PermitAll
class ClustersView extends Screen {

    private final transient ClusterService clusters;
    private final transient AgentService agents;
    private final transient EnrollmentTokens tokens;

    private final Map<ClusterId, ClusterCard> cards = new LinkedHashMap<>();

    ClustersView(ScreenContext context, ClusterService clusters, AgentService agents, EnrollmentTokens tokens) {
        super(context);
        this.clusters = clusters;
        this.agents = agents;
        this.tokens = tokens;
        setHeading("Clusters");
    }

    @Override
    protected void show(Org org, Address address) {
        cards.clear();
        setActions(connectButton(org, "connect-cluster"));
        draw(org);
        if (address.query("connect").isPresent() && org.may(Permission.CLUSTER_CREATE)) {
            connect(org);
        }
    }

    @Override
    protected void refresh(Org org) {
        draw(org);
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Clusters"));
    }

    private void draw(Org org) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        List<ClusterId> ids = all.stream().map(Cluster::id).toList();
        setSummary(Format.count(all.size(), "cluster", "clusters") + " connected.");
        if (all.isEmpty()) {
            cards.clear();
            setBody(new EmptyState(
                    Icons.CLUSTERS,
                    "No clusters yet",
                    "A cluster is a Kubernetes cluster or a set of hosts. Connect one: you get a command, and this"
                            + " console shows step by step how the first agent arrives.",
                    connectButton(org, "connect-first-cluster")));
            return;
        }
        if (!ids.equals(List.copyOf(cards.keySet()))) {
            cards.clear();
            Div list = new Div();
            list.addClassName("lv-cards");
            for (Cluster cluster : all) {
                ClusterCard card = new ClusterCard(org, cluster);
                cards.put(cluster.id(), card);
                list.add(card);
            }
            setBody(list);
        }
        for (Cluster cluster : all) {
            AgentCounts counts = org.call(() -> agents.count(AgentFilter.ALL.and("cluster", cluster.slug())));
            ClusterCard card = cards.get(cluster.id());
            if (card != null) {
                card.set(counts);
            }
        }
    }

    private Component connectButton(Org org, String id) {
        Button connect = new Button("Connect cluster", Icons.PLUS.create(), click -> connect(org));
        connect.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        connect.setId(id);
        return Permit.orReason(org, Permission.CLUSTER_CREATE, connect);
    }

    private void connect(Org org) {
        new ConnectClusterDialog(org, clusters, tokens).open();
    }
}
