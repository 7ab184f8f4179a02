package io.lightvessel.profiles.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.profiles.ProfileAnswers;
import io.lightvessel.profiles.ProfileQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Chooses whose samples are shown, and of how many minutes. What is chosen is in the address. */
final class ProfileChoice extends Div {
    private static final List<String> MINUTES = List.of("1", "5", "10");
    private static final String USUAL = String.valueOf(ProfileQuery.USUAL_MINUTES);

    private final Select<String> agent = new Select<>();
    private final Select<String> service = new Select<>();
    private final Select<String> process = new Select<>();
    private final Select<String> minutes = new Select<>();
    private Map<String, String> agents = Map.of();
    private Map<String, String> processes = Map.of();

    /** @param changed called when a person chose something else */
    ProfileChoice(Runnable changed) {
        addClassName("lv-toolbar");
        set(agent, "profile-agent", "Node", changed);
        agent.setItemLabelGenerator(id -> id.isEmpty() ? "All nodes" : agents.getOrDefault(id, id));
        set(service, "profile-service", "Service", changed);
        service.setItemLabelGenerator(name -> name.isEmpty() ? "All services" : name);
        set(process, "profile-process", "Process", changed);
        process.setItemLabelGenerator(key -> key.isEmpty() ? "All processes" : processes.getOrDefault(key, key));
        set(minutes, "profile-minutes", "Last", changed);
        minutes.setItemLabelGenerator(count -> count.equals("1") ? "1 minute" : count + " minutes");
        minutes.setItems(MINUTES);
        minutes.setValue(USUAL);
    }

    private void set(Select<String> select, String id, String label, Runnable changed) {
        select.setId(id);
        select.setLabel(label);
        select.setItems("");
        select.setValue("");
        select.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                if (!select.equals(process) && !select.equals(minutes)) {
                    choose(process, "");
                }
                changed.run();
            }
        });
        add(select);
    }

    void read(Address address) {
        choose(agent, address.query("agent").orElse(""));
        choose(service, address.query("service").orElse(""));
        choose(process, address.query("process").orElse(""));
        String asked = address.query("minutes").orElse(USUAL);
        minutes.setValue(MINUTES.contains(asked) ? asked : USUAL);
    }

    void remember(BiConsumer<String, String> address) {
        address.accept("agent", agent.getValue());
        address.accept("service", service.getValue());
        address.accept("process", process.getValue());
        address.accept("minutes", minutes.getValue().equals(USUAL) ? "" : minutes.getValue());
    }

    ProfileQuery query() {
        // A process is chosen together with its node, since two nodes may have the same numbers.
        int at = process.getValue().indexOf(' ');
        String of = at < 0 ? agent.getValue() : process.getValue().substring(0, at);
        return new ProfileQuery(
                isAgent(of) ? new AgentId(of) : null,
                service.getValue(),
                at < 0 ? "" : process.getValue().substring(at + 1),
                Duration.ofMinutes(Integer.parseInt(minutes.getValue())));
    }

    /** Whether a process belongs to what was chosen. */
    boolean includes(ProfileAnswers.Process candidate) {
        return (agent.getValue().isEmpty()
                        || agent.getValue().equals(candidate.agent().value()))
                && (service.getValue().isEmpty() || service.getValue().equals(candidate.service()))
                && (process.getValue().isEmpty() || process.getValue().equals(value(candidate)));
    }

    /** Offers what was seen, and what is chosen though it was not. */
    void offer(ProfileAnswers answers) {
        Map<String, String> names = new TreeMap<>(agents);
        answers.profilers().forEach(profiler -> names.put(profiler.agent().value(), profiler.name()));
        agents = names;
        Map<String, String> found = new LinkedHashMap<>();
        List<String> services = new ArrayList<>();
        for (ProfileAnswers.Process candidate : answers.processes()) {
            if (!services.contains(candidate.service())) {
                services.add(candidate.service());
            }
            if (service.getValue().isEmpty() || service.getValue().equals(candidate.service())) {
                found.put(value(candidate), ProcessTable.name(candidate) + ", " + candidate.service());
            }
        }
        processes = found;
        items(agent, List.copyOf(agents.keySet()));
        items(service, services);
        items(process, List.copyOf(found.keySet()));
    }

    String pathOf(Org org, Cluster cluster, ProfileAnswers.Process wanted) {
        return Paths.screen(org, "profiles") + "?cluster=" + encode(cluster.slug()) + "&process="
                + encode(value(wanted))
                + (minutes.getValue().equals(USUAL) ? "" : "&minutes=" + minutes.getValue());
    }

    private static void items(Select<String> select, List<String> seen) {
        List<String> items = new ArrayList<>();
        items.add("");
        items.addAll(seen);
        String chosen = select.getValue();
        if (!items.contains(chosen)) {
            items.add(chosen);
        }
        if (!items.equals(select.getListDataView().getItems().toList())) {
            select.setItems(items);
            select.setValue(chosen);
        }
    }

    private static void choose(Select<String> select, String value) {
        if (!select.getListDataView().contains(value)) {
            select.setItems(List.of("", value));
        }
        select.setValue(value);
    }

    private static boolean isAgent(String text) {
        try {
            return !text.isEmpty() && !new AgentId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            // Somebody wrote the address by hand.
            return false;
        }
    }

    private static String value(ProfileAnswers.Process process) {
        return process.agent().value() + " " + process.key();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
