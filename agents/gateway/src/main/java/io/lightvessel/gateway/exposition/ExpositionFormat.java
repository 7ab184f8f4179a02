package io.lightvessel.gateway.exposition;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a target's answer may be written in, and how both sides agree on one of them. */
public enum ExpositionFormat {
    PROTOBUF(
            "PrometheusProto",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
            false),
    OPEN_METRICS_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0", true),
    OPEN_METRICS_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1", false),
    TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0", true),
    TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4", false);

    /** What is asked for by default. */
    public static final List<ExpositionFormat> DEFAULT =
            List.of(OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);
    /** What is asked for by default when native histograms are scraped, since no other format has them. */
    public static final List<ExpositionFormat> DEFAULT_WITH_NATIVE_HISTOGRAMS =
            List.of(PROTOBUF, OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);

    private static final int LONGEST_QUOTED = 100;

    private final String protocol;
    private final String mediaType;
    private final boolean escapes;

    ExpositionFormat(String protocol, String mediaType, boolean escapes) {
        this.protocol = protocol;
        this.mediaType = mediaType;
        this.escapes = escapes;
    }

    /**
     * The format an answer is in.
     *
     * @param objection why the fallback had to be taken; null when the target said what it sent
     */
    public record Choice(ExpositionFormat format, @Nullable String objection) {}

    /** Its name in {@code scrape_protocols}. */
    public String protocol() {
        return protocol;
    }

    /** What it is called in {@code Accept} and {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    public static @Nullable ExpositionFormat ofProtocol(String protocol) {
        for (ExpositionFormat format : values()) {
            if (format.protocol.equals(protocol)) {
                return format;
            }
        }
        return null;
    }

    /** The header {@code Accept} that asks for these formats, the first of them most. */
    public static String accept(List<ExpositionFormat> formats, NameEscaping escaping) {
        StringBuilder header = new StringBuilder();
        int weight = values().length + 1;
        for (ExpositionFormat format : formats) {
            header.append(format.mediaType);
            if (format.escapes) {
                header.append(";escaping=").append(escaping.label());
            }
            header.append(";q=0.").append(weight--).append(',');
        }
        return header.append("*/*;q=0.").append(weight).toString();
    }

    /**
     * The format of an answer with this {@code Content-Type}.
     *
     * @param fallback {@code fallback_scrape_protocol}, for targets that do not say, or say what nobody understands
     * @throws MalformedExposition when there is no fallback to take
     */
    public static Choice choose(@Nullable String contentType, @Nullable ExpositionFormat fallback)
            throws MalformedExposition {
        String said = contentType == null ? "" : contentType;
        String type = said.isEmpty() ? null : ContentTypes.mediaType(said);
        if (type != null) {
            switch (type) {
                case "application/openmetrics-text" -> {
                    return new Choice(OPEN_METRICS_1_0_0, null);
                }
                case "application/vnd.google.protobuf" -> {
                    return new Choice(PROTOBUF, null);
                }
                case "text/plain" -> {
                    return new Choice(TEXT_0_0_4, null);
                }
                default -> {}
            }
        }
        String objection = "Content-Type: " + (said.isEmpty() ? "none" : quoted(said))
                + " (expected: text/plain, application/openmetrics-text or application/vnd.google.protobuf)";
        if (fallback == null) {
            throw new MalformedExposition(objection + ", and no fallback_scrape_protocol is set");
        }
        return new Choice(fallback, objection + ", taken for fallback_scrape_protocol " + fallback.protocol);
    }

    private static String quoted(String header) {
        String shown = header.length() > LONGEST_QUOTED ? header.substring(0, LONGEST_QUOTED) + "..." : header;
        return String.format(Locale.ROOT, "'%s'", shown.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
}
