package io.lightvessel.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns a text into nodes within limits that keep a hostile text from costing more than an honest one. */
final class YamlReader {

    static final int MAX_DEPTH = 64;
    static final int MAX_NODES = 50_000;
    private static final int MAX_ALIASES = 200;
    private static final String MERGE_KEY = "<<";

    private final Report report;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlReader(Report report) {
        this.report = report;
    }

    /** Empty when the text is unreadable, which the report then says, or holds nothing. */
    static Optional<YamlNode> read(String text, Report report) {
        int bytes =
                text.length() > ConfigParser.MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ConfigParser.MAX_BYTES) {
            report.error(
                    "", null, "the text has " + bytes + " bytes (expected: at most " + ConfigParser.MAX_BYTES + ")");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("config")
                .setCodePointLimit(ConfigParser.MAX_BYTES)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            if (!isWithinLimits(
                    new Parse(settings).parseReader(new WholePairs(text)).iterator(), report)) {
                return Optional.empty();
            }
            return new Compose(settings).composeReader(new WholePairs(text)).flatMap(new YamlReader(report)::rootOf);
        } catch (MarkedYamlEngineException e) {
            Integer line = e.getProblemMark().map(YamlReader::lineOf).orElse(null);
            report.error("", line, "no readable YAML: " + problemOf(e));
            return Optional.empty();
        } catch (YamlEngineException e) {
            report.error("", null, "no readable YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The composer recurses, so depth is checked on the flat stream of events before it runs. */
    private static boolean isWithinLimits(Iterator<Event> events, Report report) {
        int depth = 0;
        int count = 0;
        int documents = 0;
        int aliases = 0;
        while (events.hasNext()) {
            Event event = events.next();
            Integer line = event.getStartMark().map(YamlReader::lineOf).orElse(null);
            switch (event) {
                case CollectionStartEvent _ -> depth++;
                case CollectionEndEvent _ -> depth--;
                case DocumentStartEvent _ -> documents++;
                case AliasEvent _ -> aliases++;
                default -> {
                    // Scalars and stream marks do not nest.
                }
            }
            String excess = null;
            if (depth > MAX_DEPTH) {
                excess = "nested more than " + MAX_DEPTH + " deep (expected: at most " + MAX_DEPTH + ")";
            } else if (++count > MAX_NODES) {
                excess = "more than " + MAX_NODES + " values (expected: at most " + MAX_NODES + ")";
            } else if (documents > 1) {
                excess = "a second document (expected: one)";
            } else if (aliases > MAX_ALIASES) {
                excess = "more than " + MAX_ALIASES + " aliases (expected: at most " + MAX_ALIASES + ")";
            }
            if (excess != null) {
                report.error("", line, excess);
                return false;
            }
        }
        return true;
    }

    private Optional<YamlNode> rootOf(Node root) {
        YamlNode node = convert(root, "");
        if (nodes > MAX_NODES) {
            report.error(
                    "",
                    null,
                    "aliases unfold to more than " + MAX_NODES + " values (expected: at most " + MAX_NODES + ")");
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private YamlNode convert(Node node, String path) {
        int line = node.getStartMark().map(YamlReader::lineOf).orElse(1);
        nodes++;
        if (nodes > MAX_NODES || open.size() > MAX_DEPTH) {
            nodes = MAX_NODES + 1;
            return nothing(line);
        }
        if (node instanceof ScalarNode scalar) {
            return new YamlNode.Scalar(
                    scalar.getValue(),
                    scalar.isPlain(),
                    line,
                    node.getStartMark().map(Mark::getIndex).orElse(0),
                    node.getEndMark().map(Mark::getIndex).orElse(0));
        }
        if (!open.add(node)) {
            report.error(path, line, "an alias to what it stands in (expected: no cycles)");
            return nothing(line);
        }
        YamlNode converted = node instanceof SequenceNode sequence
                ? sequence(sequence, path, line)
                : mapping((MappingNode) node, path, line);
        open.remove(node);
        return converted;
    }

    private YamlNode.Sequence sequence(SequenceNode node, String path, int line) {
        List<YamlNode> elements = new ArrayList<>();
        for (Node element : node.getValue()) {
            elements.add(convert(element, Report.path(path, String.valueOf(elements.size()))));
        }
        return new YamlNode.Sequence(List.copyOf(elements), line);
    }

    private YamlNode.Mapping mapping(MappingNode node, String path, int line) {
        Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
        Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            int keyLine =
                    tuple.getKeyNode().getStartMark().map(YamlReader::lineOf).orElse(line);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                report.error(path, keyLine, "a key that is a list or mapping (expected: a text)");
                continue;
            }
            String name = key.getValue();
            YamlNode value = convert(tuple.getValueNode(), Report.path(path, name));
            if (key.isPlain() && name.equals(MERGE_KEY)) {
                merge(value, path, merged);
                continue;
            }
            YamlNode.Entry before = own.putIfAbsent(name, new YamlNode.Entry(name, keyLine, value));
            if (before != null) {
                report.error(
                        Report.path(path, name),
                        keyLine,
                        "the key is there twice, first on line " + before.line() + " (expected: once)");
            }
        }
        merged.forEach(own::putIfAbsent);
        return new YamlNode.Mapping(List.copyOf(own.values()), line);
    }

    private void merge(YamlNode value, String path, Map<String, YamlNode.Entry> merged) {
        switch (value) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> merged.putIfAbsent(entry.key(), entry));
            case YamlNode.Sequence sequence -> sequence.elements().forEach(element -> merge(element, path, merged));
            case YamlNode.Scalar scalar ->
                report.error(
                        Report.path(path, MERGE_KEY), scalar.line(), scalar.what() + " (expected: a mapping to merge)");
        }
    }

    private static YamlNode.Scalar nothing(int line) {
        return new YamlNode.Scalar("", true, line, 0, 0);
    }

    private static int lineOf(Mark mark) {
        return mark.getLine() + 1;
    }

    private static String problemOf(MarkedYamlEngineException e) {
        @Nullable String context = e.getContext();
        return context == null ? e.getProblem() : context + ", " + e.getProblem();
    }
}
