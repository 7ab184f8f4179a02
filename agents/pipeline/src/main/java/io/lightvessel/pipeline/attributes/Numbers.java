package io.lightvessel.pipeline.attributes;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads numbers out of texts as Go's {@code strconv} does, in base ten. */
public final class Numbers {

    private Numbers() {}

    public static OptionalLong whole(String text) {
        int digits = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        if (digits == text.length()) {
            return OptionalLong.empty();
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Too large a number is none; Java's suffixes and blanks are none either. */
    public static OptionalDouble decimal(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> {
                return OptionalDouble.of(Double.NaN);
            }
            case "inf", "+inf", "infinity", "+infinity" -> {
                return OptionalDouble.of(Double.POSITIVE_INFINITY);
            }
            case "-inf", "-infinity" -> {
                return OptionalDouble.of(Double.NEGATIVE_INFINITY);
            }
            default -> {
                // A number with digits, or none.
            }
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eExXabcdfABCDFpP".indexOf(text.charAt(i)) < 0) {
                return OptionalDouble.empty();
            }
        }
        boolean hexadecimal = text.contains("x") || text.contains("X");
        if (text.isEmpty() || !hexadecimal && "fFdD".indexOf(text.charAt(text.length() - 1)) >= 0) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
