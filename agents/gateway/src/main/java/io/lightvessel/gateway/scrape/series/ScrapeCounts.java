package io.lightvessel.gateway.scrape.series;

/**
 * What one scrape had.
 *
 * @param scraped samples in the body
 * @param kept samples that metric relabelling left
 * @param added series that the scrape before did not have
 * @param duplicates samples of a series that had come before in the same body; the first one counts
 * @param outOfBounds samples too far in the future
 */
public record ScrapeCounts(int scraped, int kept, int added, int duplicates, int outOfBounds) {
    public static final ScrapeCounts NONE = new ScrapeCounts(0, 0, 0, 0, 0);
}
