create table access_api_token (
    id           uuid        not null,
    tenant_id    uuid        not null,
    public_id    text        not null,
    name         text        not null,
    scope        text        not null,
    secret_hash  bytea       not null,
    created_at   timestamptz not null,
    created_by   text        not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    constraint access_api_token_pk primary key (id),
    constraint access_api_token_public_id_key unique (public_id),
    constraint access_api_token_tenant_fk foreign key (tenant_id) references tenancy_tenant (id)
);

create index access_api_token_tenant_idx on access_api_token (tenant_id, created_at desc, id);

call tenancy_isolate('access_api_token');

-- A request brings a token before anyone knows its tenant. The function below may look one token up by its public id,
-- and nothing else: it runs as the tables' owner, for whom alone this policy opens the rows.
create policy token_lookup on access_api_token for select to current_user using (true);

create function access_find_api_token(wanted text)
    returns table (public_id text, tenant_id uuid, tenant_slug text, scope text, secret_hash bytea,
                   expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select t.public_id, t.tenant_id, o.slug, t.scope, t.secret_hash, t.expires_at, t.revoked_at, t.last_used_at
        from access_api_token t join tenancy_tenant o on o.id = t.tenant_id
        where t.public_id = wanted;
    end;
