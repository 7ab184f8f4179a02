package io.lightvessel.tenancy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "tenancy_tenant")
@SuppressWarnings("NullAway.Init") // fields are filled by Hibernate
class TenantEntity {
    @Id
    private UUID id;

    private String slug;
    private String name;
    private Instant createdAt;

    protected TenantEntity() {}

    TenantEntity(UUID id, String slug, String name, Instant createdAt) {
        this.id = id;
        this.slug = slug;
        this.name = name;
        this.createdAt = createdAt;
    }

    Tenant toTenant() {
        return new Tenant(new TenantId(id), slug, name, createdAt);
    }
}
