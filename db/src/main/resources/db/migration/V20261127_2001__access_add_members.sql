create table access_member (
    tenant_id    uuid        not null,
    -- The name the OpenID provider knows the person by.
    name         text        not null,
    -- The provider's own id of the person, learnt at the first sign-in: whoever gets the name later is someone else.
    subject      text,
    role         text        not null,
    added_at     timestamptz not null,
    added_by     text        not null,
    constraint access_member_pk primary key (tenant_id, name),
    constraint access_member_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint access_member_role_check check (role in ('VIEWER', 'EDITOR', 'ADMIN', 'OWNER'))
);

create index access_member_name_idx on access_member (name);

call tenancy_isolate('access_member');

-- Someone signs in before anyone knows their tenants. The function may look up one person's memberships, and nothing else.
create policy member_lookup on access_member for select to current_user using (true);

create function access_find_memberships(person text)
    returns table (tenant_id uuid, subject text, role text)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select m.tenant_id, m.subject, m.role from access_member m where m.name = person;
    end;

-- Tokens get a role in place of a scope, and remember the person whose rights bound them.
alter table access_api_token add column role text, add column person text;
alter table access_api_token no force row level security;
update access_api_token set role = case scope when 'READ' then 'VIEWER' else 'ADMIN' end;
alter table access_api_token force row level security;
alter table access_api_token alter column role set not null;
alter table access_api_token
    add constraint access_api_token_role_check check (role in ('VIEWER', 'EDITOR', 'ADMIN', 'OWNER'));

drop function access_find_api_token(text);
alter table access_api_token drop column scope;

create function access_find_api_token(wanted text)
    returns table (public_id text, tenant_id uuid, tenant_slug text, role text, person text, person_role text,
                   secret_hash bytea, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select t.public_id, t.tenant_id, o.slug, t.role, t.person, m.role,
               t.secret_hash, t.expires_at, t.revoked_at, t.last_used_at
        from access_api_token t
            join tenancy_tenant o on o.id = t.tenant_id
            left join access_member m on m.tenant_id = t.tenant_id and m.name = t.person
        where t.public_id = wanted;
    end;
