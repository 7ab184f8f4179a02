package io.lightvessel.gateway.exposition;

/** Makes parsers; one may read any number of answers, one after the other, on one thread at a time. */
public final class ExpositionParsers {
    private ExpositionParsers() {}

    public static ExpositionParser of(ExpositionFormat format, ParserOptions options) {
        ClassicParts parser = parser(format, options);
        return options.classicToNative() ? new CustomBucketsParser(parser, options.alwaysClassic()) : parser;
    }

    private static ClassicParts parser(ExpositionFormat format, ParserOptions options) {
        return switch (format) {
            case TEXT_0_0_4, TEXT_1_0_0 -> new TextParser(options.escaping());
            case OPEN_METRICS_0_0_1, OPEN_METRICS_1_0_0 -> new OpenMetricsParser(options.escaping());
            case PROTOBUF -> new ProtobufParser(options);
        };
    }
}
