package io.lightvessel.access;

import io.lightvessel.tenancy.Tenant;

/** A provider whose organizations are kept by someone else: whatever is asked for is theirs to do. */
final class UnmanagedDirectory implements Directory {

    @Override
    public boolean membersOnly() {
        return false;
    }

    @Override
    public String nameOf(String given) {
        return given;
    }

    @Override
    public boolean hasOrganization(Tenant tenant) {
        return true;
    }

    @Override
    public void createOrganization(Tenant tenant) {}

    @Override
    public void dropOrganization(Tenant tenant) {}

    @Override
    public boolean belongs(Tenant tenant, String name) {
        return true;
    }

    @Override
    public void join(Tenant tenant, String name) {}

    @Override
    public void leave(Tenant tenant, String name) {}
}
