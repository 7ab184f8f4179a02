package io.lightvessel.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What every tenant may use that has no quotas of its own. */
@ConfigurationProperties("lightvessel.quota")
record QuotaSettings(
        @DefaultValue("10000") int clusters,
        @DefaultValue("50000") int agents,
        @DefaultValue("1000000") int revisions,
        @DefaultValue("6000") int requestsPerMinute) {

    Quotas with(
            @Nullable Integer ownClusters,
            @Nullable Integer ownAgents,
            @Nullable Integer ownRevisions,
            @Nullable Integer ownRequestsPerMinute) {
        return new Quotas(
                ownClusters == null ? clusters : ownClusters,
                ownAgents == null ? agents : ownAgents,
                ownRevisions == null ? revisions : ownRevisions,
                ownRequestsPerMinute == null ? requestsPerMinute : ownRequestsPerMinute);
    }
}
