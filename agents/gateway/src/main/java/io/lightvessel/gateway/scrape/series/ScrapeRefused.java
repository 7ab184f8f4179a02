package io.lightvessel.gateway.scrape.series;

/** A scrape whose content breaks a limit or a rule, which makes all of it fail. */
public final class ScrapeRefused extends Exception {
    private static final long serialVersionUID = 1;

    /** What was broken, for counters. */
    public enum Limit {
        SAMPLES,
        LABELS,
        BUCKETS,
        BODY_SIZE,
        NONE
    }

    private final Limit limit;

    public ScrapeRefused(Limit limit, String message) {
        super(message);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
