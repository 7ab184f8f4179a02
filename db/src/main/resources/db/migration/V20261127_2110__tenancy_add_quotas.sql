-- What a tenant may use at most; null is what the platform gives everyone.
alter table tenancy_tenant
    add column max_clusters integer,
    add column max_agents integer,
    add column max_revisions integer,
    add column max_requests_per_minute integer,
    add constraint tenancy_tenant_quotas_check check (
        max_clusters >= 0 and max_agents >= 0 and max_revisions >= 0 and max_requests_per_minute > 0);

-- The rate is looked up with the token, so that counting requests costs no query of its own.
drop function access_find_api_token(text);
create function access_find_api_token(wanted text)
    returns table (public_id text, tenant_id uuid, tenant_slug text, role text, person text, person_role text,
                   secret_hash bytea, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz,
                   max_requests_per_minute integer)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select t.public_id, t.tenant_id, o.slug, t.role, t.person, m.role,
               t.secret_hash, t.expires_at, t.revoked_at, t.last_used_at, o.max_requests_per_minute
        from access_api_token t
            join tenancy_tenant o on o.id = t.tenant_id
            left join access_member m on m.tenant_id = t.tenant_id and m.name = t.person
        where t.public_id = wanted;
    end;
