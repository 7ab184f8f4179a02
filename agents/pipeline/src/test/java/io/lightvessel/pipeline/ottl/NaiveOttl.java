package io.lightvessel.pipeline.ottl;

import com.google.protobuf.ByteString;
import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.Expr;
import io.lightvessel.config.ottl.Key;
import io.lightvessel.config.ottl.Path;
import io.lightvessel.config.ottl.Statement;
import io.lightvessel.pipeline.ottl.NaiveValues.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs statements on objects the slow and obvious way. */
final class NaiveOttl {

    private final NaiveRecord record;

    NaiveOttl(NaiveRecord record) {
        this.record = record;
    }

    /** Runs a statement; one that fails changes nothing. */
    void run(Statement statement) {
        try {
            if (statement.where() == null || holds(statement.where())) {
                edit(statement);
            }
        } catch (Failure e) {
            // The record stays as it was.
        }
    }

    private void edit(Statement s) {
        Path target = s.target();
        switch (s.editor()) {
            case SET -> {
                Object value = eval(s.arguments().get(0));
                if (value != null) {
                    write(target, value);
                }
            }
            case DELETE_KEY -> editMap(target, map -> map.remove(text(s, 0)));
            case DELETE_MATCHING_KEYS ->
                editMap(
                        target,
                        map -> map.keySet()
                                .removeIf(key ->
                                        Pattern.compile(text(s, 0)).matcher(key).find()));
            case KEEP_MATCHING_KEYS ->
                editMap(
                        target,
                        map -> map.keySet()
                                .removeIf(key -> !Pattern.compile(text(s, 0))
                                        .matcher(key)
                                        .find()));
            case KEEP_KEYS ->
                editMap(
                        target,
                        map -> map.keySet()
                                .retainAll((List<?>) eval(s.arguments().get(0))));
            case LIMIT ->
                editMap(
                        target,
                        map -> limit(map, (Long) eval(s.arguments().get(0)), (List<?>)
                                eval(s.arguments().get(1))));
            case MERGE_MAPS -> {
                Map<?, ?> source = cast(eval(s.arguments().get(0)), Map.class);
                editMap(
                        target,
                        map -> source.forEach((key, value) -> {
                            boolean there = map.containsKey(key);
                            if (there
                                    ? !text(s, 1).equals("insert")
                                    : !text(s, 1).equals("update")) {
                                map.put((String) key, value);
                            }
                        }));
            }
            case TRUNCATE_ALL ->
                editMap(
                        target,
                        map -> map.replaceAll((_, value) -> value instanceof String text
                                ? text.substring(
                                        0,
                                        Math.min(
                                                text.length(),
                                                ((Long) eval(s.arguments().get(0))).intValue()))
                                : value));
            case REPLACE_PATTERN -> {
                Object value = read(target);
                if (value != null) {
                    String replacement = cast(eval(s.arguments().get(1)), String.class);
                    if (value instanceof String text
                            && Pattern.compile(text(s, 0)).matcher(text).find()) {
                        write(target, replace(text, text(s, 0), replacement));
                    }
                }
            }
            case REPLACE_ALL_PATTERNS -> {
                String replacement = cast(eval(s.arguments().get(2)), String.class);
                editMap(target, map -> {
                    Map<String, Object> changed = new LinkedHashMap<>();
                    boolean keys = text(s, 0).equals("key");
                    map.forEach((key, value) -> changed.put(
                            keys ? replace(key, text(s, 1), replacement) : key,
                            !keys && value instanceof String text ? replace(text, text(s, 1), replacement) : value));
                    map.clear();
                    map.putAll(changed);
                });
            }
            case REPLACE_MATCH -> {
                Object value = read(target);
                if (value != null) {
                    String replacement = cast(eval(s.arguments().get(1)), String.class);
                    if (value instanceof String text && NaiveGlob.matches(text(s, 0), text)) {
                        write(target, replacement);
                    }
                }
            }
            case REPLACE_ALL_MATCHES -> {
                String replacement = cast(eval(s.arguments().get(1)), String.class);
                editMap(
                        target,
                        map -> map.replaceAll(
                                (_, value) -> value instanceof String text && NaiveGlob.matches(text(s, 0), text)
                                        ? replacement
                                        : value));
            }
        }
    }

    private static void limit(Map<String, Object> map, long limit, List<?> priority) {
        long kept = priority.stream().distinct().filter(map::containsKey).count();
        if (map.size() <= limit) {
            return;
        }
        for (String key : List.copyOf(map.keySet())) {
            if (!priority.contains(key) && ++kept > limit) {
                map.remove(key);
            }
        }
    }

    private static String replace(String text, String regex, String replacement) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        StringBuilder out = new StringBuilder();
        int last = 0;
        while (matcher.find()) {
            out.append(text, last, matcher.start());
            String expanded = replacement;
            for (int group = 0; group <= matcher.groupCount(); group++) {
                expanded = expanded.replace("${" + group + "}", String.valueOf(matcher.group(group)));
            }
            out.append(expanded.replaceAll("\\$\\{\\d}", ""));
            last = matcher.end();
        }
        return out.append(text.substring(last)).toString();
    }

    private String text(Statement statement, int argument) {
        return (String) eval(statement.arguments().get(argument));
    }

    private static <T> T cast(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new Failure();
        }
        return type.cast(value);
    }

    private void editMap(Path target, java.util.function.Consumer<Map<String, Object>> edit) {
        Map<?, ?> found = cast(read(target), Map.class);
        Map<String, Object> map = new LinkedHashMap<>();
        found.forEach((key, value) -> map.put((String) key, value));
        edit.accept(map);
        if (!map.equals(found)) {
            write(target, map);
        }
    }

    private Object read(Path path) {
        Object value = whole(path);
        for (Key key : path.keys()) {
            value = child(value, key);
            if (value == MISSING) {
                return null;
            }
        }
        return value;
    }

    private static final Object MISSING = new Object();

    private static Object child(Object value, Key key) {
        return switch (key) {
            case Key.Name name -> {
                Map<?, ?> map = cast(value, Map.class);
                yield map.containsKey(name.name()) ? map.get(name.name()) : MISSING;
            }
            case Key.Index index -> {
                List<?> list = cast(value, List.class);
                if (index.index() >= list.size()) {
                    throw new Failure();
                }
                yield list.get(index.index());
            }
        };
    }

    private void write(Path path, Object value) {
        if (path.keys().isEmpty()) {
            record.write(path.field(), value);
            return;
        }
        record.write(path.field(), replaced(whole(path), path.keys(), value));
    }

    /** A body that is not there has no keys, and gets none. */
    private Object whole(Path path) {
        Object value = record.read(path.field());
        if (value == null && !path.keys().isEmpty()) {
            throw new Failure();
        }
        return value;
    }

    private static Object replaced(Object whole, List<Key> keys, Object value) {
        if (keys.isEmpty()) {
            return value;
        }
        List<Key> rest = keys.subList(1, keys.size());
        return switch (keys.getFirst()) {
            case Key.Name name -> {
                Map<String, Object> map = new LinkedHashMap<>();
                if (whole != null) {
                    cast(whole, Map.class).forEach((key, inner) -> map.put((String) key, inner));
                }
                map.put(name.name(), replaced(map.get(name.name()), rest, value));
                yield map;
            }
            case Key.Index index -> {
                List<Object> list = new ArrayList<>();
                if (whole != null) {
                    list.addAll(cast(whole, List.class));
                    if (index.index() >= list.size()) {
                        throw new Failure();
                    }
                }
                while (list.size() <= index.index()) {
                    list.add(null);
                }
                list.set(index.index(), replaced(list.get(index.index()), rest, value));
                yield list;
            }
        };
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> always.holds();
            case Condition.And and -> and.terms().stream().allMatch(this::holds);
            case Condition.Or or -> or.terms().stream().anyMatch(this::holds);
            case Condition.Not not -> !holds(not.negated());
            case Condition.Holds holds -> cast(eval(holds.call()), Boolean.class);
            case Condition.Compare compare -> compare(compare.operator(), eval(compare.left()), eval(compare.right()));
        };
    }

    private static boolean compare(Condition.Operator operator, Object a, Object b) {
        Integer order = null;
        boolean equal;
        if (a == null || b == null) {
            equal = a == b;
            order = equal ? 0 : null;
        } else if (a instanceof Number x && b instanceof Number y) {
            boolean whole = a instanceof Long && b instanceof Long;
            // Minus zero is zero, and there is nothing here that is no number.
            order = whole
                    ? Long.compare((Long) a, (Long) b)
                    : Double.compare(x.doubleValue() + 0.0, y.doubleValue() + 0.0);
            equal = order == 0;
        } else if (a instanceof String x && b instanceof String y) {
            order = compareBytes(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
            equal = order == 0;
        } else if (a instanceof ByteString x && b instanceof ByteString y) {
            order = compareBytes(x.toByteArray(), y.toByteArray());
            equal = order == 0;
        } else if (a instanceof Boolean x && b instanceof Boolean y) {
            order = x.compareTo(y);
            equal = order == 0;
        } else {
            equal = a.equals(b);
        }
        return switch (operator) {
            case EQUAL -> equal;
            case NOT_EQUAL -> !equal;
            case LESS -> order != null && order < 0;
            case LESS_OR_EQUAL -> order != null && order <= 0;
            case GREATER -> order != null && order > 0;
            case GREATER_OR_EQUAL -> order != null && order >= 0;
        };
    }

    private static int compareBytes(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return (a[i] & 0xFF) - (b[i] & 0xFF);
            }
        }
        return a.length - b.length;
    }

    private Object eval(Expr expression) {
        return switch (expression) {
            case Expr.Constant constant ->
                constant.value() instanceof byte[] bytes ? ByteString.copyFrom(bytes) : constant.value();
            case Expr.Read path -> read(path.path());
            case Expr.Elements list -> {
                List<Object> all = new ArrayList<>();
                list.elements().forEach(element -> all.add(eval(element)));
                yield all;
            }
            case Expr.Entries map -> {
                Map<String, Object> all = new LinkedHashMap<>();
                for (int i = 0; i < map.keys().size(); i++) {
                    all.put(map.keys().get(i), eval(map.values().get(i)));
                }
                yield all;
            }
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Expr.Convert convert -> convert(convert);
        };
    }

    private Object arithmetic(Expr.Arithmetic arithmetic) {
        Object left = eval(arithmetic.left());
        Object right = eval(arithmetic.right());
        if (left instanceof Long x && right instanceof Long y) {
            return switch (arithmetic.operator()) {
                case '+' -> x + y;
                case '-' -> x - y;
                case '*' -> x * y;
                default -> {
                    if (y == 0) {
                        throw new Failure();
                    }
                    yield x / y;
                }
            };
        }
        double x = cast(left, Double.class);
        double y = cast(right, Double.class);
        if (arithmetic.operator() == '/' && y == 0) {
            throw new Failure();
        }
        return switch (arithmetic.operator()) {
            case '+' -> x + y;
            case '-' -> x - y;
            case '*' -> x * y;
            default -> x / y;
        };
    }

    private Object convert(Expr.Convert call) {
        Object value =
                new NaiveConverters(call.arguments().stream().map(this::eval).toList()).convert(call.converter());
        for (Key key : call.keys()) {
            value = child(value, key);
        }
        return value;
    }
}
