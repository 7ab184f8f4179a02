-- What owns a stack or a blueprint: a tool, or people who took it over from one. One without a row is anybody's.
create table stack_manager (
    tenant_id  uuid not null,
    cluster_id uuid not null,
    kind       text not null,
    ref        text not null,
    constraint stack_manager_pk primary key (tenant_id, cluster_id),
    constraint stack_manager_cluster_fk foreign key (tenant_id, cluster_id)
        references cluster_cluster (tenant_id, id) on delete cascade,
    constraint stack_manager_kind_check check (kind in ('GIT', 'TERRAFORM', 'CONSOLE'))
);

call tenancy_isolate('stack_manager');

create table stack_blueprint_manager (
    tenant_id uuid not null,
    blueprint text not null,
    kind      text not null,
    ref       text not null,
    constraint stack_blueprint_manager_pk primary key (tenant_id, blueprint),
    constraint stack_blueprint_manager_blueprint_fk foreign key (tenant_id, blueprint)
        references stack_blueprint (tenant_id, slug) on delete cascade,
    constraint stack_blueprint_manager_kind_check check (kind in ('GIT', 'TERRAFORM', 'CONSOLE'))
);

call tenancy_isolate('stack_blueprint_manager');
