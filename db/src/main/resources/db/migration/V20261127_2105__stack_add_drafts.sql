-- Stacks that people work on before they save them, and those that lost a race, so that nobody's work is gone.
create table stack_draft (
    id         uuid        not null,
    tenant_id  uuid        not null,
    cluster_id uuid        not null,
    author     text        not null,
    base       integer     not null,
    message    text        not null,
    spec       jsonb       not null,
    version    bigint      not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint stack_draft_pk primary key (tenant_id, id),
    constraint stack_draft_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint stack_draft_base_check check (base >= 0)
);

call tenancy_isolate('stack_draft');
create index stack_draft_cluster_idx on stack_draft (tenant_id, cluster_id, id);
