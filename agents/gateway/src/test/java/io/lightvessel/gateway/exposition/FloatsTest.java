package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatsTest {
    private static long bits(String text) {
        byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Floats.bits(bytes, 1, bytes.length - 1);
    }

    private static void assertExact(String text) {
        double expected = Double.parseDouble(text);
        long bits = bits(text);
        if (bits != Double.doubleToRawLongBits(expected)
                && !(Double.isInfinite(expected) && bits == Floats.OUT_OF_RANGE)) {
            assertThat(Double.longBitsToDouble(bits)).as(text).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "0.0",
                "00",
                ".5",
                "5.",
                "5.e3",
                "-.5E-3",
                "1e23",
                "8.5e22",
                "9007199254740993",
                "9007199254740992.5",
                "9007199254740993.00000000000000000000000000000000000001",
                "18446744073709551615",
                "18446744073709551616",
                "123456789012345678901234567890",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "0.000000000000000000000000000000000000000000001e45",
                "00000000000000000000000000000000000001.5",
                "1e0000000000000000000000000000000001",
                "0e99999999999",
                "6.9294956446009195e15",
                "1e-99999999999",
                "7.3177701707893310e15",
                "179769313486231580793e289",
                "3.5844466002796428e+298",
                "1090544144181609348671888949248",
                "10e-325",
                "0.3",
                "0.1000000000000000055511151231257827"
            })
    void edgesAreExact(String text) {
        assertExact(text);
        assertExact("-" + text.replace("+0", "0").replaceFirst("^-", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "inf, Infinity",
        "+Inf, Infinity",
        "-INF, -Infinity",
        "infinity, Infinity",
        "-Infinity, -Infinity",
        "NaN, NaN",
        "nan, NaN",
        "NAN, NaN"
    })
    void words(String text, Double value) {
        assertThat((Double) Double.longBitsToDouble(bits(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e-",
                "1.2.3",
                "1e5.0",
                "--1",
                "+-1",
                "+nan",
                "-NaN",
                "in",
                "infi",
                "infinit",
                "infinityy",
                "nann",
                "0x10",
                "0x1p3",
                "1_000",
                "1p3",
                "1f",
                "1d",
                " 1",
                "1 ",
                "1e5e5",
                "١"
            })
    void whatIsNoDecimalNumberIsRefused(String text) {
        assertThat(bits(text)).isEqualTo(Floats.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1.7976931348623159e308", "1e99999999999", "2e308"})
    void whatNoDoubleHoldsIsRefused(String text) {
        assertThat(bits(text)).isEqualTo(Floats.OUT_OF_RANGE);
    }

    /** Two million by default. */
    @Test
    void generatedNumbersAreExact() {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder();
        for (int i = Integer.getInteger("lightvessel.floats", 2_000_000); i > 0; i--) {
            text.setLength(0);
            switch (i % 6) {
                case 0 -> text.append(Double.longBitsToDouble(random.nextLong()));
                case 1 -> text.append(random.nextLong()).append('e').append(random.nextInt(-345, 310));
                case 2 -> text.append(random.nextInt(1_000_000)).append('.').append(random.nextInt(1_000_000));
                case 3 -> text.append(random.nextDouble() * Math.pow(10, random.nextInt(12)));
                case 4 -> halfway(random, text);
                default -> digits(random, text);
            }
            if (!text.isEmpty() && text.indexOf("N") < 0 && text.indexOf("I") < 0) {
                assertExact(text.toString());
            }
        }
    }

    /** Exactly or nearly in the middle of two doubles. */
    private static void halfway(Random random, StringBuilder text) {
        double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
        if (!Double.isFinite(value) || !Double.isFinite(Math.nextUp(value))) {
            return;
        }
        java.math.BigDecimal middle = new java.math.BigDecimal(value)
                .add(new java.math.BigDecimal(Math.nextUp(value)))
                .divide(java.math.BigDecimal.TWO);
        text.append(middle.round(new java.math.MathContext(random.nextInt(15, 60))));
    }

    private static void digits(Random random, StringBuilder text) {
        int count = 1 + random.nextInt(30);
        int point = random.nextInt(count + 1);
        for (int i = 0; i < count; i++) {
            if (i == point) {
                text.append('.');
            }
            text.append((char) ('0' + random.nextInt(10)));
        }
        if (random.nextBoolean()) {
            text.append('E').append(random.nextInt(-30, 30));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "0, 0.0",
        "-0, 0.0",
        "-1, -1.0",
        "0.005, 0.005",
        "1e6, 1e+06",
        "999999, 999999.0",
        "1234567, 1.234567e+06",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "5e-324, 5e-324",
        "2e-323, 2e-323",
        "1e23, 1e+23",
        "1e100, 1e+100",
        "1.5e300, 1.5e+300",
        "+inf, +Inf",
        "-inf, -Inf",
        "nan, NaN",
        "0.50, 0.5",
        "x, x",
        "1e999, 1e999",
        "9e15, 9e+15"
    })
    void labelsAreWrittenAsOpenMetricsAsks(String text, String written) {
        assertThat(LabelFloats.normal(text)).isEqualTo(written);
    }
}
