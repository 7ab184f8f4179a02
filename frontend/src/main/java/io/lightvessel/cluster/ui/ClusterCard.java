package io.lightvessel.cluster.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.fleet.AgentCounts;
import io.lightvessel.platform.ui.FleetBadges;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;

/** One cluster in the list: name, environment, how its agents do. */
class ClusterCard extends Section {

    private final FleetBadges badges;
    private final Anchor count = new Anchor();

    ClusterCard(Org org, Cluster cluster) {
        addClassName("lv-card");
        setId("cluster-" + cluster.slug());
        getElement().setAttribute("aria-label", "Cluster " + cluster.name());
        Div head = new Div(new H2(new Anchor(Paths.cluster(org, cluster.slug()), cluster.name())));
        head.addClassName("lv-card-head");
        if (!cluster.environment().isBlank()) {
            Span environment = new Span(cluster.environment());
            environment.addClassName("lv-tag");
            head.add(environment);
        }
        badges = new FleetBadges(org, "cluster:" + cluster.slug());
        count.setHref(Paths.agents(org, "cluster:" + cluster.slug()));
        Anchor topology = new Anchor(Paths.topology(org, cluster.slug()), "Topology");
        Anchor stack = new Anchor(Paths.stack(org, cluster.slug()), "Stack");
        Div links = new Div(count, topology, stack);
        links.addClassName("lv-row");
        add(head, badges, links);
    }

    void set(AgentCounts counts) {
        badges.set(counts);
        count.setText(Format.count(counts.total(), "agent", "agents"));
    }
}
