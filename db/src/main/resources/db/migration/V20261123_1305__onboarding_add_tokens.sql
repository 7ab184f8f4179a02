create table onboarding_token (
    tenant_id    uuid        not null,
    id           text        not null,
    cluster_id   uuid        not null,
    label        text        not null,
    role         text,
    secret_hash  bytea       not null,
    max_uses     integer,
    uses         integer     not null default 0,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    created_at   timestamptz not null,
    created_by   text        not null,
    last_used_at timestamptz,
    constraint onboarding_token_pk primary key (tenant_id, id),
    -- The id is all that a newcomer shows besides the secret, so it must mean one token of one tenant.
    constraint onboarding_token_id_key unique (id),
    constraint onboarding_token_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint onboarding_token_role_check check (role in ('GATEWAY', 'COLLECTOR', 'EDGE')),
    constraint onboarding_token_uses_check check (uses >= 0 and uses <= coalesce(max_uses, uses))
);

create index onboarding_token_created_idx on onboarding_token (tenant_id, created_at desc, id);

-- One row for each agent that a token let in. Agents that cannot take a credential have no secret and keep using
-- their token.
create table onboarding_credential (
    tenant_id     uuid        not null,
    id            text        not null,
    token_id      text        not null,
    agent_id      text        not null,
    instance_uid  uuid        not null,
    secret_hash   bytea,
    issued_at     timestamptz not null,
    first_used_at timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz,
    constraint onboarding_credential_pk primary key (tenant_id, id),
    constraint onboarding_credential_id_key unique (id),
    constraint onboarding_credential_token_fk foreign key (tenant_id, token_id)
        references onboarding_token (tenant_id, id) on delete cascade,
    constraint onboarding_credential_agent_fk foreign key (tenant_id, agent_id)
        references fleet_agent (tenant_id, id) on delete cascade
);

create index onboarding_credential_token_idx on onboarding_credential (tenant_id, token_id, instance_uid);
create index onboarding_credential_agent_idx on onboarding_credential (tenant_id, agent_id);

create table onboarding_attempt (
    tenant_id      uuid        not null,
    token_id       text        not null,
    code           text        not null,
    remote_address text        not null,
    -- '' while the agent has not said one.
    instance_uid   text        not null,
    agent          text        not null,
    detail         text        not null,
    count          integer     not null,
    first_at       timestamptz not null,
    last_at        timestamptz not null,
    constraint onboarding_attempt_pk primary key (tenant_id, token_id, code, remote_address, instance_uid),
    constraint onboarding_attempt_token_fk foreign key (tenant_id, token_id)
        references onboarding_token (tenant_id, id) on delete cascade
);

call tenancy_isolate('onboarding_token');
call tenancy_isolate('onboarding_credential');
call tenancy_isolate('onboarding_attempt');

-- An agent shows a token or a credential before anyone knows its tenant. The functions below may look one up by its
-- public id, and nothing else: they run as the tables' owner, for whom alone these policies open the rows.
create policy token_lookup on onboarding_token for select to current_user using (true);
create policy credential_lookup on onboarding_credential for select to current_user using (true);

create function onboarding_find_token(wanted text)
    returns table (tenant_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select t.tenant_id from onboarding_token t where t.id = wanted;
    end;

create function onboarding_find_credential(wanted text)
    returns table (tenant_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, public
    begin atomic
        select c.tenant_id from onboarding_credential c where c.id = wanted;
    end;
