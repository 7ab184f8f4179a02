package io.lightvessel.gateway.exposition;

/**
 * What a scrape asks of its parser.
 *
 * @param nativeHistograms whether native histograms are read; otherwise only their classic buckets are
 * @param alwaysClassic whether classic buckets are told also of histograms that are native or were made so
 * @param classicToNative whether classic histograms become native ones with custom buckets
 * @param escaping how names are written that the older rules do not allow
 */
public record ParserOptions(
        boolean nativeHistograms, boolean alwaysClassic, boolean classicToNative, NameEscaping escaping) {
    /** As Prometheus does by default. */
    public static final ParserOptions DEFAULT = new ParserOptions(false, false, false);

    public ParserOptions(boolean nativeHistograms, boolean alwaysClassic, boolean classicToNative) {
        this(nativeHistograms, alwaysClassic, classicToNative, NameEscaping.ALLOW_UTF_8);
    }
}
