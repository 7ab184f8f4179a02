package io.lightvessel.testing;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.access.NewMember;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestConfiguration;

/** Makes tenants nobody else uses, with tokens to call the API for them. */
@TestConfiguration
public class TestTenants {
    private final Tenants tenants;
    private final ApiTokens tokens;
    private final Members members;

    TestTenants(Tenants tenants, ApiTokens tokens, Members members) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.members = members;
    }

    /** A tenant with an owner, ada, and an API token that may do all she may. */
    public record TestTenant(Tenant tenant, String token) {
        public String path(String rest) {
            return "/api/v1/tenants/" + tenant.slug() + rest;
        }

        public String bearer() {
            return "Bearer " + token;
        }

        public <T> T call(Supplier<T> work) {
            return TenantScope.call(tenant.id(), Actor.user("ada", Role.OWNER), work);
        }

        public void run(Runnable work) {
            TenantScope.run(tenant.id(), Actor.user("ada", Role.OWNER), work);
        }
    }

    public TestTenant create() {
        Tenant tenant = tenants.ensure(
                "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12), "A tenant");
        TenantScope.run(tenant.id(), Actor.system("test"), () -> members.add(new NewMember("ada", Role.OWNER)));
        return new TestTenant(tenant, token(tenant, Role.OWNER));
    }

    public String token(Tenant tenant, Role role) {
        return TenantScope.call(
                tenant.id(),
                Actor.user("ada", Role.OWNER),
                () -> tokens.create(new NewApiToken("test", role, null)).text());
    }
}
