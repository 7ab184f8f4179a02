package io.lightvessel.platform.ui;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import java.util.function.Supplier;

/** The organisation a screen shows, and who looks at it; what is read or changed for the screen goes through here. */
public record Org(Tenant tenant, Actor actor) {

    public String slug() {
        return tenant.slug();
    }

    public boolean may(Permission permission) {
        return actor.may(permission);
    }

    public <T> T call(Supplier<T> work) {
        return TenantScope.call(tenant.id(), actor, work);
    }

    public void run(Runnable work) {
        TenantScope.run(tenant.id(), actor, work);
    }
}
