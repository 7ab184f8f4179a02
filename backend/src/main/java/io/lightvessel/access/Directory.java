package io.lightvessel.access;

import io.lightvessel.tenancy.Tenant;

/**
 * Where the identity provider keeps people and the organizations they belong to; each tenant is one. Every method throws a
 * {@link io.lightvessel.platform.LightvesselException} when the provider does not do as asked.
 */
public interface Directory {

    /** For a provider whose organizations someone else keeps. */
    static Directory unmanaged() {
        return new UnmanagedDirectory();
    }

    /** True when only members enter: whoever is merely the provider's does not look on. */
    boolean membersOnly();

    /** The name someone will be known by when they sign in, from what people call them. */
    String nameOf(String given);

    boolean hasOrganization(Tenant tenant);

    void createOrganization(Tenant tenant);

    /** Does nothing when there is none. */
    void dropOrganization(Tenant tenant);

    /** True for those who are invited, too. */
    boolean belongs(Tenant tenant, String name);

    /** Lets someone in who does not belong yet; the organization exists. */
    void join(Tenant tenant, String name);

    /** Does nothing when they do not belong. */
    void leave(Tenant tenant, String name);
}
