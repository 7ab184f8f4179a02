package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

@Entity
@Table(name = "access_api_token")
@SuppressWarnings("NullAway.Init") // fields are filled by Hibernate
class ApiTokenEntity implements Persistable<UUID> {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // written to its column by Hibernate
    private UUID tenantId;

    private String publicId;
    private String name;

    @Enumerated(EnumType.STRING)
    private Role role;

    private @Nullable String person;

    @SuppressWarnings("UnusedVariable") // written to its column by Hibernate
    private byte[] secretHash;

    private Instant createdAt;
    private String createdBy;
    private @Nullable Instant expiresAt;
    private @Nullable Instant revokedAt;
    private @Nullable Instant lastUsedAt;

    @Transient
    private boolean stored;

    protected ApiTokenEntity() {}

    ApiTokenEntity(UUID tenantId, ApiToken token, byte[] secretHash) {
        this.id = UUID.randomUUID();
        this.tenantId = tenantId;
        this.publicId = token.id();
        this.name = token.name();
        this.role = token.role();
        this.person = token.person();
        this.secretHash = secretHash;
        this.createdAt = token.createdAt();
        this.createdBy = token.createdBy();
        this.expiresAt = token.expiresAt();
    }

    @PostLoad
    @PostPersist
    void markStored() {
        stored = true;
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    ApiToken toToken() {
        return new ApiToken(publicId, name, role, person, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt);
    }
}
