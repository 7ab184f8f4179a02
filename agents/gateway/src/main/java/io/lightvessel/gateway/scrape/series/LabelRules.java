package io.lightvessel.gateway.scrape.series;

/** Makes of the labels a target writes those that its series gets; asked once for each series. */
@FunctionalInterface
public interface LabelRules {

    /**
     * Adds the target's own labels, relabels, checks limits.
     *
     * @return whether the series is kept
     * @throws ScrapeRefused when such a series makes the whole scrape fail
     */
    boolean apply(LabelBuffer labels) throws ScrapeRefused;
}
