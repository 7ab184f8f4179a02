package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.codec.InflateStream;
import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.ExpositionParsers;
import io.lightvessel.gateway.exposition.ParserOptions;
import io.lightvessel.gateway.scrape.series.ScrapeRequest;
import java.util.HashMap;
import java.util.Map;

/** What a thread needs to work a scrape's answer off, used again for the next one's. */
final class Scratch {
    private static final int MOST_PARSERS = 16;

    private record Kind(ExpositionFormat format, ParserOptions options) {}

    final ScrapeRequest request = new ScrapeRequest();
    final InflateStream inflate = new InflateStream();
    private final Map<Kind, ExpositionParser> parsers = new HashMap<>();

    ExpositionParser parser(ExpositionFormat format, ParserOptions options) {
        if (parsers.size() >= MOST_PARSERS) {
            parsers.clear();
        }
        return parsers.computeIfAbsent(
                new Kind(format, options), kind -> ExpositionParsers.of(kind.format(), kind.options()));
    }
}
