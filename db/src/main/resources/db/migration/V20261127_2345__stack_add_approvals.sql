-- Who has to agree to a revision; a tenant without a row asks nobody.
create table stack_settings (
    tenant_id uuid not null,
    approval  text not null,
    constraint stack_settings_pk primary key (tenant_id),
    constraint stack_settings_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint stack_settings_approval_check check (approval in ('NONE', 'EDITOR', 'ADMIN'))
);

call tenancy_isolate('stack_settings');

-- Revisions that somebody else has to agree to before agents run them. One without a row needed nobody.
create table stack_approval (
    tenant_id  uuid    not null,
    cluster_id uuid    not null,
    number     integer not null,
    -- Everybody whose work the revision is; none of them may approve it.
    authors    jsonb   not null,
    least_role text    not null,
    state      text    not null,
    decided_by text,
    decided_at timestamptz,
    reason     text    not null,
    constraint stack_approval_pk primary key (tenant_id, cluster_id, number),
    constraint stack_approval_revision_fk foreign key (tenant_id, cluster_id, number)
        references stack_revision (tenant_id, cluster_id, number) on delete cascade,
    constraint stack_approval_role_check check (least_role in ('EDITOR', 'ADMIN')),
    constraint stack_approval_state_check check (state in ('PENDING', 'APPROVED', 'REJECTED')),
    constraint stack_approval_decision_check
        check ((state = 'PENDING') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);

call tenancy_isolate('stack_approval');

-- What was asked for stays; only the decision is written later.
revoke update, delete on stack_approval from ${app_role};
grant update (state, decided_by, decided_at, reason) on stack_approval to ${app_role};

-- Whoever worked on a draft is an author of the revision it becomes.
alter table stack_draft add column authors jsonb not null default '[]';
