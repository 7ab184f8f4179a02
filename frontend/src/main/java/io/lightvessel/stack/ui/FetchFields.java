package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.stack.Clustering;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.ProfilePulling;
import io.lightvessel.stack.Scraping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Edits what the gateway fetches by itself: metrics it scrapes, profiles it pulls, and how replicas share that. */
class FetchFields extends Div {

    private final transient Runnable changed;
    private final TextField interval = text("scrape-interval", "Scrape interval");
    private final Checkbox serviceMonitors = flag("service-monitors", "ServiceMonitors");
    private final Checkbox podMonitors = flag("pod-monitors", "PodMonitors");
    private final Checkbox kubelets = flag("kubelets", "Kubelets of all nodes");
    private final Checkbox annotations = flag("scrape-annotations", "Pods and services by annotation");
    private final TextField prefix = text("annotation-prefix", "Annotation prefix");
    private final CheckboxGroup<Scraping.Preset> presets = new CheckboxGroup<>("Well-known exporters");
    private final JobEditor jobs;
    private final TextField profileInterval = text("profile-interval", "Profile interval");
    private final Checkbox profileAnnotations = flag("profile-annotations", "Pods by Pyroscope's annotations");
    private final JobEditor profileJobs;
    private final Checkbox clustered = flag("clustering", "Replicas share targets");
    private final IntegerField clusterPort = new IntegerField("Port between replicas");
    /** Has no field: it is kept as it was. */
    private List<String> peers = List.of();

    FetchFields(Runnable changed) {
        this.changed = changed;
        addClassName("lv-body");
        interval.setHelperText("As in 30s or 1m");
        profileInterval.setHelperText("As in 15s");
        presets.setId("stack-presets");
        presets.setItems(Scraping.Preset.values());
        presets.setItemLabelGenerator(FetchFields::word);
        presets.addClassName("lv-wide");
        presets.addValueChangeListener(event -> changed.run());
        annotations.addValueChangeListener(event -> prefix.setEnabled(event.getValue()));
        clusterPort.setId("stack-cluster-port");
        clusterPort.setWidthFull();
        clusterPort.setManualValidation(true);
        clusterPort.addValueChangeListener(event -> changed.run());
        clustered.addValueChangeListener(event -> clusterPort.setEnabled(event.getValue()));
        jobs = new JobEditor("scrape-jobs", "Targets with fixed addresses.", "/metrics", changed);
        profileJobs = new JobEditor(
                "profile-jobs", "Programs that serve /debug/pprof, by fixed address.", "/debug/pprof", changed);
        add(
                new Card(
                        "Metrics to scrape",
                        form(serviceMonitors, podMonitors, kubelets, annotations, prefix, interval, presets),
                        jobs),
                new Card("Profiles to pull", form(profileAnnotations, profileInterval), profileJobs),
                new Card("Sharing between replicas", form(clustered, clusterPort)));
    }

    private static String word(Scraping.Preset preset) {
        return switch (preset) {
            case KUBE_STATE_METRICS -> "kube-state-metrics";
            case NODE_EXPORTER -> "node-exporter";
            case POSTGRES_EXPORTER -> "PostgreSQL exporter (:9187)";
            case REDIS_EXPORTER -> "Redis exporter (:9121)";
        };
    }

    void write(Gateway gateway) {
        Scraping scraping = gateway.scraping();
        interval.setValue(scraping.interval());
        serviceMonitors.setValue(scraping.serviceMonitors());
        podMonitors.setValue(scraping.podMonitors());
        kubelets.setValue(scraping.kubelets());
        annotations.setValue(scraping.annotations().enabled());
        prefix.setValue(scraping.annotations().prefix());
        prefix.setEnabled(annotations.getValue());
        presets.setValue(new LinkedHashSet<>(scraping.presets()));
        jobs.write(scraping.jobs());
        profileInterval.setValue(gateway.profiles().interval());
        profileAnnotations.setValue(gateway.profiles().annotations());
        profileJobs.write(gateway.profiles().jobs());
        clustered.setValue(gateway.clustering().enabled());
        clusterPort.setValue(gateway.clustering().port());
        clusterPort.setEnabled(clustered.getValue());
        peers = gateway.clustering().peers();
    }

    Scraping scraping() {
        return new Scraping(
                interval.getValue().strip(),
                serviceMonitors.getValue(),
                podMonitors.getValue(),
                new Scraping.Annotations(
                        annotations.getValue(), prefix.getValue().strip()),
                kubelets.getValue(),
                List.copyOf(presets.getValue()),
                jobs.read());
    }

    ProfilePulling profiles() {
        return new ProfilePulling(
                profileInterval.getValue().strip(), profileAnnotations.getValue(), profileJobs.read());
    }

    Clustering clustering() {
        return new Clustering(clustered.getValue(), HpaFields.value(clusterPort), peers);
    }

    /** Which field a finding belongs to, as the rows stand now. */
    Map<String, HasValidation> byPath() {
        Map<String, HasValidation> fields = new TreeMap<>();
        fields.put("gateway.scraping.interval", interval);
        fields.put("gateway.scraping.annotations.prefix", prefix);
        fields.put("gateway.profiles.interval", profileInterval);
        fields.put("gateway.clustering.port", clusterPort);
        fields.putAll(jobs.byPath("gateway.scraping.jobs"));
        fields.putAll(profileJobs.byPath("gateway.profiles.jobs"));
        return fields;
    }

    private static Div form(Component... content) {
        Div form = new Div(content);
        form.addClassName("lv-form");
        return form;
    }

    private TextField text(String id, String label) {
        TextField field = new TextField(label);
        field.setId("stack-" + id);
        field.setWidthFull();
        field.setManualValidation(true);
        field.addValueChangeListener(event -> edited());
        return field;
    }

    private Checkbox flag(String id, String label) {
        Checkbox field = new Checkbox(label);
        field.setId("stack-" + id);
        field.addValueChangeListener(event -> edited());
        return field;
    }

    // Fields are made before the constructor's body runs.
    private void edited() {
        changed.run();
    }
}
