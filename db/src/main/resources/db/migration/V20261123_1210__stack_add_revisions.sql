create table stack_revision (
    id         uuid        not null,
    tenant_id  uuid        not null,
    cluster_id uuid        not null,
    number     integer     not null,
    author     text        not null,
    message    text        not null,
    created_at timestamptz not null,
    spec       jsonb       not null,
    digests    jsonb       not null,
    constraint stack_revision_pk primary key (id),
    -- Also the guard against two people saving at once: both try the same next number.
    constraint stack_revision_number_key unique (tenant_id, cluster_id, number),
    constraint stack_revision_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint stack_revision_number_check check (number > 0)
);

call tenancy_isolate('stack_revision');

-- Revisions are immutable; they go only with their cluster.
revoke update, delete on stack_revision from ${app_role};
