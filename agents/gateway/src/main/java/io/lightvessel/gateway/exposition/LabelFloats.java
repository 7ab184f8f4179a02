package io.lightvessel.gateway.exposition;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Puts the bounds of buckets and quantiles the one way that OpenMetrics asks for: {@code 1.0}, never {@code 1}. */
final class LabelFloats {
    private LabelFloats() {}

    /** The value of {@code le} or {@code quantile} in that form, or as it is when it is not a number. */
    static String normal(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        long bits = Floats.bits(text, 0, text.length);
        return bits == Floats.INVALID || bits == Floats.OUT_OF_RANGE ? value : format(Double.longBitsToDouble(bits));
    }

    static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        StringBuilder out = new StringBuilder(24);
        if (value < 0) {
            out.append('-');
        }
        if (exponent < -4 || exponent >= 6) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            return out.append(size < 10 ? "0" : "").append(size).toString();
        }
        String plain = shortest.toPlainString();
        return out.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "").toString();
    }

    /** The shortest decimal that reads back as the value; Java writes at least two digits, which may be one too many. */
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal one = decimal.round(new java.math.MathContext(1));
            if (one.doubleValue() == value) {
                return one.stripTrailingZeros();
            }
        }
        return decimal;
    }
}
