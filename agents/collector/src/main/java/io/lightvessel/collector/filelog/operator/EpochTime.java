package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;

/** Times counted from the epoch, in seconds or parts of them. */
final class EpochTime implements TimeParser.TimeReader {
    private static final int LONGEST = 40;
    private final int exponent;

    EpochTime(String layout) {
        this.exponent = switch (layout) {
            case "ms" -> 6;
            case "us" -> 3;
            case "ns" -> 0;
            default -> 9;
        };
    }

    @Override
    public long nanos(byte[] text, int from, int length) {
        if (length == 0 || length > LONGEST) {
            return INVALID;
        }
        for (int i = from; i < from + length; i++) {
            if ((text[i] < '0' || text[i] > '9') && text[i] != '.') {
                return INVALID;
            }
        }
        try {
            return new BigDecimal(new String(text, from, length, US_ASCII))
                    .scaleByPowerOfTen(exponent)
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return INVALID;
        }
    }
}
