-- Requests that came with an Idempotency-Key, and their answers for a day. Keys are kept as hashes, answers sealed.
create table access_idempotent_request (
    tenant_id   uuid        not null,
    -- The token: nobody gets an answer that was somebody else's.
    caller      text        not null,
    key_hash    bytea       not null,
    fingerprint bytea       not null,
    started_at  timestamptz not null,
    status      integer,
    headers     jsonb,
    answer      bytea,
    constraint access_idempotent_request_pk primary key (tenant_id, caller, key_hash),
    constraint access_idempotent_request_tenant_fk foreign key (tenant_id) references tenancy_tenant (id),
    constraint access_idempotent_request_answer_check
        check ((status is null) = (answer is null) and (status is null) = (headers is null))
);

call tenancy_isolate('access_idempotent_request');
create index access_idempotent_request_age_idx on access_idempotent_request (tenant_id, started_at);

-- What is too old goes for all tenants at once, also for those that send no more requests. The function may do that and no more.
create policy request_expiry on access_idempotent_request to current_user using (true);

create function access_forget_idempotent_requests(started_before timestamptz) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, public
    begin atomic
        with gone as (
            delete from access_idempotent_request where started_at < started_before returning 1)
        select count(*) from gone;
    end;
