-- What changed a tenant's state: one chain for each tenant. An entry's hash covers the one before, so that none can be changed,
-- taken out or moved without breaking the chain from there on; the head says where it ends.
create table audit_entry (
    tenant_id    uuid        not null,
    number       bigint      not null,
    at           timestamptz not null,
    actor        text        not null,
    action       text        not null,
    target       text        not null,
    request_id   text        not null,
    -- JSON as it was hashed, so text rather than jsonb, which would store it otherwise.
    state_before text,
    state_after  text,
    previous     bytea       not null,
    hash         bytea       not null,
    constraint audit_entry_pk primary key (tenant_id, number),
    constraint audit_entry_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint audit_entry_number_check check (number > 0)
);

create index audit_entry_actor_idx on audit_entry (tenant_id, actor, number);
create index audit_entry_action_idx on audit_entry (tenant_id, action, number);
create index audit_entry_target_idx on audit_entry (tenant_id, target, number);

-- Also the lock that puts a tenant's changes in a row.
create table audit_head (
    tenant_id uuid   not null,
    number    bigint not null,
    hash      bytea  not null,
    constraint audit_head_pk primary key (tenant_id),
    constraint audit_head_tenant_fk foreign key (tenant_id) references tenancy_tenant (id)
);

call tenancy_isolate('audit_entry');
call tenancy_isolate('audit_head');

-- Entries are only ever added.
revoke update, delete, truncate on audit_entry from ${app_role};
revoke delete, truncate on audit_head from ${app_role};
