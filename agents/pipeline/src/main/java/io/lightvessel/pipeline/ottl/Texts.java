package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.ValueText;
import java.math.BigDecimal;
import java.util.HexFormat;

/** Values as the text that functions take them for. */
final class Texts {

    private Texts() {}

    /** Makes a text of the value, as {@code String(...)} does; nil stays nil. */
    static void stringify(Value value) throws MalformedPayload {
        switch (value.kind()) {
            case NIL, STRING -> {
                // As they are.
            }
            case BOOL -> value.setText(value.flag() ? "true" : "false");
            case INT -> value.setText(Long.toString(value.whole()));
            case DOUBLE -> value.setText(ofDecimal(value.decimal()));
            case BYTES, TRACE_ID, SPAN_ID ->
                value.setText(HexFormat.of().formatHex(value.bytes(), value.from(), value.to()));
            case MAP, LIST -> {
                Arena encoded = new Arena();
                value.writeTo(encoded);
                AnyValue any = new AnyValue();
                any.read(encoded.array(), 0, encoded.size());
                value.setText(ValueText.of(any));
            }
        }
    }

    /** The shortest digits that give this number, never with an exponent. */
    private static String ofDecimal(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
