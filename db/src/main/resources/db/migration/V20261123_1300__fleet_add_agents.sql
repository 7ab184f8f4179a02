create table fleet_agent (
    tenant_id         uuid        not null,
    id                text        not null,
    cluster_id        uuid        not null,
    instance_uid      uuid        not null,
    name              text        not null,
    role              text,
    own               boolean     not null default false,
    version           text        not null default '',
    host              text        not null default '',
    attributes        jsonb       not null default '{}',
    capabilities      bigint      not null default 0,
    enrolled_at       timestamptz not null,
    connected_at      timestamptz,
    disconnected_at   timestamptz,
    said_goodbye      boolean     not null default false,
    last_seen_at      timestamptz,
    components        jsonb,
    health_status     text        not null,
    health_reason     text        not null,
    health_since      timestamptz not null,
    reported_hash     text,
    reported_status   text        not null,
    reported_error    text        not null default '',
    config_status     text        not null,
    config_reason     text        not null,
    config_since      timestamptz not null,
    config_applied_at timestamptz,
    first_data_at     timestamptz,
    effective_config  text,
    constraint fleet_agent_pk primary key (tenant_id, id),
    -- What an agent's messages are told apart by.
    constraint fleet_agent_instance_uid_key unique (tenant_id, instance_uid),
    constraint fleet_agent_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint fleet_agent_role_check check (role in ('GATEWAY', 'COLLECTOR', 'EDGE'))
);

create index fleet_agent_cluster_idx on fleet_agent (tenant_id, cluster_id);

call tenancy_isolate('fleet_agent');
