package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import java.util.List;
import java.util.Optional;

/** Someone who signed in, and the tenants they may enter. */
public record Person(String name, List<Tenant> tenants) {

    public Person {
        tenants = List.copyOf(tenants);
    }

    public Actor actor() {
        return Actor.user(name);
    }

    /** Empty for a tenant that is not theirs, as for one that does not exist. */
    public Optional<Tenant> tenant(String slug) {
        return tenants.stream().filter(tenant -> tenant.slug().equals(slug)).findFirst();
    }
}
