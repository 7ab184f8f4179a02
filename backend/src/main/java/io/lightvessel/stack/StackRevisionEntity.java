package io.lightvessel.stack;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

@Entity
@Immutable
@Table(name = "stack_revision")
@SuppressWarnings("NullAway.Init") // fields are filled by Hibernate
class StackRevisionEntity implements Persistable<UUID> {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // written to its column by Hibernate
    private UUID tenantId;

    private UUID clusterId;
    private int number;
    private String author;
    private String message;
    private Instant createdAt;

    @JdbcTypeCode(SqlTypes.JSON)
    private String spec;

    @JdbcTypeCode(SqlTypes.JSON)
    private String digests;

    private @Nullable String blueprint;
    private @Nullable Integer blueprintNumber;
    private boolean follows;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String override;

    // There is no version column to tell a new row by: revisions are only ever inserted.
    @Transient
    private boolean stored;

    protected StackRevisionEntity() {}

    StackRevisionEntity(UUID tenantId, StackRevision revision, String spec, String digests) {
        this.id = UUID.randomUUID();
        this.tenantId = tenantId;
        this.clusterId = revision.cluster().value();
        this.number = revision.number();
        this.author = revision.author();
        this.message = revision.message();
        this.createdAt = revision.createdAt();
        this.spec = spec;
        this.digests = digests;
        Inheritance inheritance = revision.inheritance();
        if (inheritance != null) {
            this.blueprint = inheritance.blueprint();
            this.blueprintNumber = inheritance.revision();
            this.follows = inheritance.follows();
            this.override = inheritance.override().toString();
        }
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

    UUID clusterId() {
        return clusterId;
    }

    int number() {
        return number;
    }

    String author() {
        return author;
    }

    String message() {
        return message;
    }

    Instant createdAt() {
        return createdAt;
    }

    String spec() {
        return spec;
    }

    String digests() {
        return digests;
    }

    @Nullable
    String blueprint() {
        return blueprint;
    }

    int blueprintNumber() {
        return blueprintNumber == null ? 0 : blueprintNumber;
    }

    boolean follows() {
        return follows;
    }

    @Nullable
    String override() {
        return override;
    }
}
