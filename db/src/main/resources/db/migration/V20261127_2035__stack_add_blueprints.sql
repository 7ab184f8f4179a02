-- Stacks that clusters inherit from.
create table stack_blueprint (
    tenant_id  uuid        not null,
    slug       text        not null,
    name       text        not null,
    created_at timestamptz not null,
    created_by text        not null,
    constraint stack_blueprint_pk primary key (tenant_id, slug),
    constraint stack_blueprint_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint stack_blueprint_slug_check check (slug ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$')
);

call tenancy_isolate('stack_blueprint');

create table stack_blueprint_revision (
    tenant_id  uuid        not null,
    blueprint  text        not null,
    number     integer     not null,
    author     text        not null,
    message    text        not null,
    created_at timestamptz not null,
    content    jsonb       not null,
    constraint stack_blueprint_revision_pk primary key (tenant_id, blueprint, number),
    constraint stack_blueprint_revision_blueprint_fk foreign key (tenant_id, blueprint)
        references stack_blueprint (tenant_id, slug) on delete cascade,
    constraint stack_blueprint_revision_number_check check (number > 0)
);

call tenancy_isolate('stack_blueprint_revision');
revoke update, delete on stack_blueprint_revision from ${app_role};

-- What a revision was made of, where it was inherited. A blueprint that a history refers to cannot be deleted.
alter table stack_revision
    add column blueprint        text,
    add column blueprint_number integer,
    add column follows          boolean not null default false,
    add column override         jsonb,
    add constraint stack_revision_blueprint_fk foreign key (tenant_id, blueprint, blueprint_number)
        references stack_blueprint_revision (tenant_id, blueprint, number),
    add constraint stack_revision_inheritance_check
        check ((blueprint is null) = (blueprint_number is null) and (blueprint is null) = (override is null));

create index stack_revision_blueprint_idx on stack_revision (tenant_id, blueprint, blueprint_number)
    where blueprint is not null;

-- Which clusters inherit now; the heads of their histories say the same, but not by blueprint.
create table stack_inheritance (
    tenant_id  uuid    not null,
    cluster_id uuid    not null,
    blueprint  text    not null,
    follows    boolean not null,
    constraint stack_inheritance_pk primary key (tenant_id, cluster_id),
    constraint stack_inheritance_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint stack_inheritance_blueprint_fk foreign key (tenant_id, blueprint)
        references stack_blueprint (tenant_id, slug)
);

call tenancy_isolate('stack_inheritance');
create index stack_inheritance_blueprint_idx on stack_inheritance (tenant_id, blueprint, cluster_id);
