package io.lightvessel.gateway.series;

import java.util.Map;

/** Units as OpenTelemetry abbreviates what Prometheus spells out. */
final class OtlpUnits {

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("days", "d"),
            Map.entry("hours", "h"),
            Map.entry("minutes", "min"),
            Map.entry("seconds", "s"),
            Map.entry("milliseconds", "ms"),
            Map.entry("microseconds", "us"),
            Map.entry("nanoseconds", "ns"),
            Map.entry("bytes", "By"),
            Map.entry("kibibytes", "KiBy"),
            Map.entry("mebibytes", "MiBy"),
            Map.entry("gibibytes", "GiBy"),
            Map.entry("tibibytes", "TiBy"),
            Map.entry("kilobytes", "KBy"),
            Map.entry("megabytes", "MBy"),
            Map.entry("gigabytes", "GBy"),
            Map.entry("terabytes", "TBy"),
            Map.entry("meters", "m"),
            Map.entry("volts", "V"),
            Map.entry("amperes", "A"),
            Map.entry("joules", "J"),
            Map.entry("watts", "W"),
            Map.entry("grams", "g"),
            Map.entry("celsius", "Cel"),
            Map.entry("hertz", "Hz"),
            Map.entry("ratio", "1"),
            Map.entry("percent", "%"));
    private static final Map<String, String> PER =
            Map.of("second", "s", "minute", "m", "hour", "h", "day", "d", "week", "w", "month", "mo", "year", "y");

    private OtlpUnits() {}

    static String of(String unit) {
        int per = unit.indexOf("_per_");
        if (per < 0) {
            return UNITS.getOrDefault(unit, unit);
        }
        String below = unit.substring(per + "_per_".length());
        String above = unit.substring(0, per);
        return UNITS.getOrDefault(above, above) + "/" + PER.getOrDefault(below, UNITS.getOrDefault(below, below));
    }
}
