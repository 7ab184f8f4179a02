package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the node of one converter's call. */
final class ConverterCompiler {

    private final Expr.Convert call;

    ConverterCompiler(Expr.Convert call) {
        this.call = call;
    }

    private Expr argument(int index) {
        return Objects.requireNonNull(call.arguments().get(index));
    }

    Getter compile() {
        return switch (call.converter()) {
            case BOOL -> changed(Converters::toBool);
            case DOUBLE -> changed(Converters::toDouble);
            case INT -> changed(Converters::toInt);
            case STRING -> changed(Texts::stringify);
            case LEN -> changed(Converters::length);
            case SHA256 -> changed(Converters::sha256);
            case TO_LOWER_CASE -> changed(Converters::toLowerCase);
            case TO_UPPER_CASE -> changed(Converters::toUpperCase);
            case IS_BOOL -> changed(Converters.isKind(Value.Kind.BOOL));
            case IS_DOUBLE -> changed(Converters.isKind(Value.Kind.DOUBLE));
            case IS_INT -> changed(Converters.isKind(Value.Kind.INT));
            case IS_LIST -> changed(Converters.isKind(Value.Kind.LIST));
            case IS_MAP -> changed(Converters.isKind(Value.Kind.MAP));
            case IS_STRING -> changed(Converters.isKind(Value.Kind.STRING));
            case IS_MATCH -> changed(Converters.isMatch(Compiler.text(argument(1))));
            case SPLIT -> changed(Converters.split(Compiler.text(argument(1))));
            case TRACE_ID -> changed(Converters.id(Value.Kind.TRACE_ID, Compiler.bytes(argument(0))));
            case SPAN_ID -> changed(Converters.id(Value.Kind.SPAN_ID, Compiler.bytes(argument(0))));
            case CONCAT -> concat();
            case HAS_PREFIX -> affix(true);
            case HAS_SUFFIX -> affix(false);
            case SUBSTRING -> substring();
        };
    }

    private Getter changed(Converters.Change change) {
        Getter value = Compiler.expression(argument(0));
        return (telemetry, out) -> {
            value.get(telemetry, out);
            change.apply(out);
        };
    }

    private Getter concat() {
        List<Getter> parts = new ArrayList<>();
        ((Expr.Elements) argument(0)).elements().forEach(part -> parts.add(Compiler.expression(part)));
        String delimiter = Compiler.text(argument(1));
        return (telemetry, out) -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).get(telemetry, out);
                Texts.stringify(out);
                text.append(i == 0 ? "" : delimiter).append(out.kind() == Value.Kind.NIL ? "<nil>" : out.text());
            }
            out.setText(text.toString());
        };
    }

    private Getter affix(boolean prefix) {
        Getter text = Compiler.expression(argument(0));
        Getter affix = Compiler.expression(argument(1));
        Value wanted = new Value();
        return (telemetry, out) -> {
            text.get(telemetry, out);
            out.expect(Value.Kind.STRING);
            affix.get(telemetry, wanted);
            wanted.expect(Value.Kind.STRING);
            out.setFlag(prefix ? Converters.startsWith(out, wanted) : Converters.endsWith(out, wanted));
        };
    }

    private Getter substring() {
        Getter text = Compiler.expression(argument(0));
        Getter start = Compiler.expression(argument(1));
        Getter length = Compiler.expression(argument(2));
        Value number = new Value();
        return (telemetry, out) -> {
            start.get(telemetry, number);
            number.expect(Value.Kind.INT);
            long from = number.whole();
            length.get(telemetry, number);
            number.expect(Value.Kind.INT);
            text.get(telemetry, out);
            out.expect(Value.Kind.STRING);
            Converters.substring(out, from, number.whole());
        };
    }
}
