package io.lightvessel.profiles.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import io.lightvessel.profiles.ProfileAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Draws stacks as boxes, callers above what they called; search, zoom and its table are the browser's own doing. */
@Tag("flame-graph")
@JsModule("./profiles/flame-graph.js")
class FlameGraph extends Component {
    private static final JsonMapper JSON = JsonMapper.shared();

    void set(ProfileAnswers answers) {
        Map<String, Integer> names = new LinkedHashMap<>();
        List<List<Long>> nodes = new ArrayList<>();
        for (ProfileAnswers.Node node : answers.nodes()) {
            long name = names.computeIfAbsent(node.name(), _ -> names.size());
            nodes.add(List.of(name, (long) node.depth(), node.totalNanos(), node.selfNanos()));
        }
        Map<String, Object> graph =
                Map.of("names", List.copyOf(names.keySet()), "nodes", nodes, "left", answers.left());
        getElement().setAttribute("graph", JSON.writeValueAsString(graph));
    }
}
