package io.lightvessel.config.ottl;

import io.lightvessel.config.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what the names in a statement mean in its context. */
final class PathResolver {

    private final OttlContext context;
    private final boolean qualified;

    /** @param qualified whether paths of the context itself have to name it */
    PathResolver(OttlContext context, boolean qualified) {
        this.context = context;
        this.qualified = qualified;
    }

    Path path(Syntax.Path path) throws OttlError {
        List<Syntax.Segment> segments = path.segments();
        String first = segments.getFirst().name();
        Optional<OttlContext> named = OttlContext.named(first);
        // "name" alone may be a field of the context that happens to be called like another context.
        boolean prefixed = named.isPresent() && segments.size() > 1;
        if (!prefixed) {
            if (named.isPresent()) {
                throw new OttlError(
                        "'" + first + "'", path.at(), "one of its fields, such as " + first + ".attributes");
            }
            if (qualified) {
                throw new OttlError("path '" + first + "' without a context", path.at(), context.label() + "." + first);
            }
            return field(context, segments, path.at());
        }
        OttlContext owner = named.get();
        if (!segments.getFirst().keys().isEmpty()) {
            throw new OttlError("keys behind '" + first + "'", path.at(), "a field's name behind it");
        }
        if (!context.sees(owner)) {
            throw new OttlError("context '" + first + "'", path.at(), visible() + " in context " + context.label());
        }
        return field(
                owner, segments.subList(1, segments.size()), segments.get(1).at());
    }

    private String visible() {
        return Arrays.stream(OttlContext.values())
                .filter(context::sees)
                .map(OttlContext::label)
                .collect(Collectors.joining(", "));
    }

    private Path field(OttlContext owner, List<Syntax.Segment> segments, int at) throws OttlError {
        String name = segments.stream().map(Syntax.Segment::name).collect(Collectors.joining("."));
        Optional<Field> field = Fields.find(owner, name);
        if (field.isEmpty() || (field.get().shape() == Shape.CACHE && owner != context)) {
            throw new OttlError(
                    "unknown field '" + name + "' of " + owner.label(),
                    at,
                    NearestName.expected(name, Fields.names(owner)));
        }
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Syntax.Segment segment = segments.get(i);
            if (!segment.keys().isEmpty() && i < segments.size() - 1) {
                throw new OttlError("keys inside a path", segment.at(), "keys at its end");
            }
            keys.addAll(segment.keys());
        }
        if (!keys.isEmpty()) {
            checkKeys(field.get(), keys, at);
        }
        return new Path(field.get(), keys);
    }

    private static void checkKeys(Field field, List<Key> keys, int at) throws OttlError {
        if (!field.isIndexable()) {
            throw new OttlError(
                    "keys behind '" + field.name() + "'",
                    at,
                    "none, since it is " + field.type().phrase());
        }
        if (field.type() == Type.MAP && keys.getFirst() instanceof Key.Index index) {
            throw new OttlError(
                    "index " + index.index() + " of '" + field.name() + "'",
                    at,
                    "a key in double quotes, since it is a map");
        }
    }

    long number(Syntax.Name name) throws OttlError {
        Map<String, Long> known = Enums.of(context);
        Long number = known.get(name.name());
        if (number == null) {
            String expected = known.isEmpty()
                    ? "a number, since context " + context.label() + " has no names for numbers"
                    : NearestName.expected(
                            name.name(), known.keySet().stream().sorted().toList());
            throw new OttlError("unknown enum '" + name.name() + "'", name.at(), expected);
        }
        return number;
    }
}
