-- Tenants and the one rule that keeps them apart.
--
-- The control plane connects as ${app_role}, which owns nothing. Default privileges hand it each table as it is
-- created; what a table must not allow (changing a revision, say) its own migration takes back.
alter default privileges in schema public grant select, insert, update, delete on tables to ${app_role};
alter default privileges in schema public grant usage, select on sequences to ${app_role};

create table tenancy_tenant (
    id         uuid        not null,
    slug       text        not null,
    name       text        not null,
    created_at timestamptz not null,
    constraint tenancy_tenant_pk primary key (id),
    constraint tenancy_tenant_slug_key unique (slug),
    constraint tenancy_tenant_slug_check check (slug ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$')
);

-- The tenant of the running transaction. The setting is transaction-local; once used in a session it reads as ''
-- instead of null outside of a transaction, so both mean: no tenant, no rows.
create function tenancy_current() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.tenant', true), '')::uuid;

-- Makes a table with a tenant_id a tenant table. Every migration that creates one calls this.
create procedure tenancy_isolate(tenant_table regclass)
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy tenant_isolation on %s '
        'using (tenant_id = tenancy_current()) with check (tenant_id = tenancy_current())', tenant_table);
end
$$;
revoke execute on procedure tenancy_isolate(regclass) from public;
