package io.lightvessel.tenancy;

/** What a tenant may use at most: things there are at once, revisions ever, requests of the REST API in a minute. */
public record Quotas(int clusters, int agents, int revisions, int requestsPerMinute) {

    int of(QuotaKind kind) {
        return switch (kind) {
            case CLUSTERS -> clusters;
            case AGENTS -> agents;
            case REVISIONS -> revisions;
        };
    }
}
