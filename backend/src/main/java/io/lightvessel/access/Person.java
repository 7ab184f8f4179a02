package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import java.util.List;
import java.util.Optional;

/** Someone who signed in, and the tenants they may enter. */
public record Person(String name, List<Membership> memberships) {

    public Person {
        memberships = List.copyOf(memberships);
    }

    /** This person as they act in a tenant of theirs. */
    public Actor in(Membership membership) {
        return Actor.user(name, membership.role());
    }

    public List<Tenant> tenants() {
        return memberships.stream().map(Membership::tenant).toList();
    }

    /** Empty for a tenant that is not theirs, as for one that does not exist. */
    public Optional<Membership> membership(String slug) {
        return memberships.stream()
                .filter(membership -> membership.tenant().slug().equals(slug))
                .findFirst();
    }
}
