package io.lightvessel.links;

/** An address in Grafana's Explore: which signal it shows and the query it opens with. */
public record GrafanaLink(Kind kind, String query, String href) {

    /** What a link shows. */
    public enum Kind {
        METRICS,
        LOGS,
        TRACES
    }
}
