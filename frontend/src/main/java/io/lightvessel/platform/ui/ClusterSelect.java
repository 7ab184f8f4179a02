package io.lightvessel.platform.ui;

import com.vaadin.flow.component.select.Select;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chooses one of the organisation's clusters. */
public class ClusterSelect extends Select<Cluster> {

    public ClusterSelect(List<Cluster> clusters, @Nullable Cluster chosen, Consumer<Cluster> listener) {
        setId("cluster-select");
        setLabel("Cluster");
        setItemLabelGenerator(Cluster::name);
        setItems(clusters);
        setValue(chosen);
        addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                listener.accept(event.getValue());
            }
        });
    }

    /** All clusters of the organisation in scope. */
    public static List<Cluster> all(ClusterService clusters) {
        List<Cluster> all = new ArrayList<>();
        @Nullable String token = null;
        do {
            var page = clusters.list(PageRequest.parse(PageRequest.MAX_SIZE, token));
            all.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        return all;
    }

    /** The one the address names, or the first. */
    public static Optional<Cluster> chosen(List<Cluster> clusters, Address address) {
        String wanted = address.query("cluster").orElse("");
        return clusters.stream()
                .filter(cluster -> cluster.slug().equals(wanted))
                .findFirst()
                .or(() -> clusters.stream().findFirst());
    }
}
