package io.lightvessel.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes the way Prometheus does: {@code 10MB} and {@code 10MiB} are both 10 times 1024 times 1024 bytes. */
public final class ByteSize {

    private static final Pattern PART = Pattern.compile("\\G([0-9]{1,19}(?:\\.[0-9]{0,9})?)([KMGTPE]?)(i?)B");
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P", "E");
    private static final int LONGEST = 64;

    private ByteSize() {}

    /** Empty when the text is no size, or one beyond what a long holds. */
    public static Optional<Long> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(0L);
        }
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = PART.matcher(text);
        BigDecimal bytes = BigDecimal.ZERO;
        int end = 0;
        while (parts.find()) {
            if (parts.group(2).isEmpty() && !parts.group(3).isEmpty()) {
                return Optional.empty();
            }
            BigDecimal unit = BigDecimal.valueOf(1L << (10 * UNITS.indexOf(parts.group(2))));
            String number = parts.group(1);
            bytes = bytes.add(new BigDecimal(number.endsWith(".") ? number + "0" : number).multiply(unit));
            end = parts.end();
        }
        boolean fits = end == text.length() && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? Optional.of(bytes.longValue()) : Optional.empty();
    }
}
