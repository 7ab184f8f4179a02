create table cluster_cluster (
    id          uuid        not null,
    tenant_id   uuid        not null,
    slug        text        not null,
    name        text        not null,
    environment text        not null,
    labels      jsonb       not null,
    version     bigint      not null,
    created_at  timestamptz not null,
    created_by  text        not null,
    constraint cluster_cluster_pk primary key (id),
    constraint cluster_cluster_slug_key unique (tenant_id, slug),
    -- Target of composite foreign keys: a row of one tenant can never refer to a cluster of another.
    constraint cluster_cluster_tenant_key unique (tenant_id, id),
    constraint cluster_cluster_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint cluster_cluster_slug_check check (slug ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$')
);

call tenancy_isolate('cluster_cluster');
