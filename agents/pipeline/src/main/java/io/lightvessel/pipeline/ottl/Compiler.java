package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.Expr;
import io.lightvessel.config.ottl.Field;
import io.lightvessel.config.ottl.Path;
import io.lightvessel.config.ottl.Shape;
import io.lightvessel.config.ottl.Type;
import io.lightvessel.pipeline.rewrite.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes nodes of checked expressions and conditions; each call makes new ones, for another thread. */
final class Compiler {

    private Compiler() {}

    static Check condition(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> _ -> always.holds();
            case Condition.And and -> and(conditions(and.terms()));
            case Condition.Or or -> or(conditions(or.terms()));
            case Condition.Not not -> {
                Check negated = condition(not.negated());
                yield telemetry -> !negated.holds(telemetry);
            }
            case Condition.Holds holds -> {
                Getter call = expression(holds.call());
                Value value = new Value();
                yield telemetry -> {
                    call.get(telemetry, value);
                    value.expect(Value.Kind.BOOL);
                    return value.flag();
                };
            }
            case Condition.Compare compare ->
                new Comparison(compare.operator(), expression(compare.left()), expression(compare.right()));
        };
    }

    static Check[] conditions(List<Condition> conditions) {
        return conditions.stream().map(Compiler::condition).toArray(Check[]::new);
    }

    private static Check and(Check[] terms) {
        return telemetry -> {
            for (Check term : terms) {
                if (!term.holds(telemetry)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Check or(Check[] terms) {
        return telemetry -> {
            for (Check term : terms) {
                if (term.holds(telemetry)) {
                    return true;
                }
            }
            return false;
        };
    }

    static Getter expression(Expr expression) {
        return switch (expression) {
            case Expr.Constant constant -> constant(constant);
            case Expr.Read read -> place(read.path());
            case Expr.Elements list -> list(list);
            case Expr.Entries map -> map(map);
            case Expr.Arithmetic arithmetic ->
                new Arithmetic(arithmetic.operator(), expression(arithmetic.left()), expression(arithmetic.right()));
            case Expr.Convert convert -> {
                Getter call = new ConverterCompiler(convert).compile();
                if (convert.keys().isEmpty()) {
                    yield call;
                }
                Nested nested = new Nested(convert.keys());
                yield (telemetry, out) -> {
                    call.get(telemetry, out);
                    nested.descend(out);
                };
            }
        };
    }

    private static Getter constant(Expr.Constant constant) {
        Value value = new Value();
        switch (constant.value()) {
            case null -> value.setNil();
            case String text -> value.setText(text);
            case Long whole -> value.setWhole(whole);
            case Double decimal -> value.setDecimal(decimal);
            case Boolean flag -> value.setFlag(flag);
            case byte[] bytes -> value.set(Value.Kind.BYTES, bytes, 0, bytes.length);
            default -> throw new IllegalArgumentException("constant of type " + constant.type());
        }
        return (_, out) -> out.set(value);
    }

    private static Getter list(Expr.Elements list) {
        List<Getter> getters = new ArrayList<>();
        list.elements().forEach(element -> getters.add(expression(element)));
        Value element = new Value();
        return (telemetry, out) -> {
            Arena content = new Arena();
            for (Getter getter : getters) {
                getter.get(telemetry, element);
                Elements.write(content, element);
            }
            out.set(Value.Kind.LIST, content.array(), 0, content.size());
        };
    }

    private static Getter map(Expr.Entries map) {
        List<Getter> getters = new ArrayList<>();
        map.values().forEach(value -> getters.add(expression(value)));
        List<byte[]> keys = map.keys().stream()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
        Value value = new Value();
        return (telemetry, out) -> {
            Arena content = new Arena();
            for (int i = 0; i < getters.size(); i++) {
                getters.get(i).get(telemetry, value);
                Maps.writeEntry(content, keys.get(i), value);
            }
            out.set(Value.Kind.MAP, content.array(), 0, content.size());
        };
    }

    static Place place(Path path) {
        Field field = path.field();
        if (path.keys().isEmpty()) {
            return whole(field);
        }
        if (field.shape() == Shape.VALUE) {
            return new KeyedBody(new BodyField(field.number(), false), path.keys());
        }
        return new Keyed(new MapField(field.owner(), field.shape() == Shape.CACHE), path.keys());
    }

    private static Place whole(Field field) {
        return switch (field.shape()) {
            case TEXT -> new TextField(field.owner(), field.number());
            case VARINT, ZIGZAG, FIXED32, FIXED64, DOUBLE -> new NumberField(field);
            case ID -> new IdField(field.owner(), field.number(), idKind(field), false);
            case ID_TEXT -> new IdField(field.owner(), field.number(), idKind(field), true);
            case ATTRIBUTES -> new MapField(field.owner(), false);
            case CACHE -> new MapField(field.owner(), true);
            case VALUE -> new BodyField(field.number(), false);
            case VALUE_TEXT -> new BodyField(field.number(), true);
            case STATUS_VARINT -> new StatusField(field.number(), false);
            case STATUS_TEXT -> new StatusField(field.number(), true);
            case METRIC_TYPE, DATA_VARINT, DATA_FLAG -> new DataField(field.shape(), field.number());
            case POINT_DOUBLE -> new PointField(true);
            case POINT_INT -> new PointField(false);
        };
    }

    private static Value.Kind idKind(Field field) {
        boolean trace = field.type() == Type.TRACE_ID || field.name().startsWith("trace_id");
        return trace ? Value.Kind.TRACE_ID : Value.Kind.SPAN_ID;
    }

    /** The text of a constant that has been checked to be one. */
    static String text(Expr constant) {
        return String.valueOf(((Expr.Constant) constant).value());
    }

    static byte[] bytes(Expr constant) {
        byte[] bytes = (byte[]) ((Expr.Constant) constant).value();
        return bytes == null ? new byte[0] : Arrays.copyOf(bytes, bytes.length);
    }
}
