package io.lightvessel.cluster;

import io.lightvessel.tenancy.TenantId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "cluster_cluster")
@SuppressWarnings("NullAway.Init") // fields are filled by Hibernate
class ClusterEntity {
    @Id
    private UUID id;

    private UUID tenantId;
    private String slug;
    private String name;
    private String environment;

    @JdbcTypeCode(SqlTypes.JSON)
    private String labels;

    // Null until first stored: that is how Spring Data tells a new row from a changed one.
    @Version
    private @Nullable Long version;

    private Instant createdAt;
    private String createdBy;

    protected ClusterEntity() {}

    ClusterEntity(Cluster cluster, String labels) {
        this.id = cluster.id().value();
        this.tenantId = cluster.tenant().value();
        this.slug = cluster.slug();
        this.name = cluster.name();
        this.environment = cluster.environment();
        this.labels = labels;
        this.createdAt = cluster.createdAt();
        this.createdBy = cluster.createdBy();
    }

    String labels() {
        return labels;
    }

    Cluster toCluster(Map<String, String> labels) {
        return new Cluster(
                new ClusterId(id),
                new TenantId(tenantId),
                slug,
                name,
                environment,
                labels,
                version == null ? 0 : version,
                createdAt,
                createdBy);
    }
}
