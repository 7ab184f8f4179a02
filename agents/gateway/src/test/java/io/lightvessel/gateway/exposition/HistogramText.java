package io.lightvessel.gateway.exposition;

/** Writes a native histogram down for a test to read. */
final class HistogramText {
    private HistogramText() {}

    static String of(ExpositionParser parser) {
        return parser.histogramEnd() - parser.histogramStart() + " bytes";
    }
}
