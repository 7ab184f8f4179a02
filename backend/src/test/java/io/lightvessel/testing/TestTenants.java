package io.lightvessel.testing;

import io.lightvessel.access.ApiTokenScope;
import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.tenancy.Actor;
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

    TestTenants(Tenants tenants, ApiTokens tokens) {
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /** A tenant with an API token that may write. */
    public record TestTenant(Tenant tenant, String token) {
        public String path(String rest) {
            return "/api/v1/tenants/" + tenant.slug() + rest;
        }

        public String bearer() {
            return "Bearer " + token;
        }

        public <T> T call(Supplier<T> work) {
            return TenantScope.call(tenant.id(), Actor.user("ada"), work);
        }

        public void run(Runnable work) {
            TenantScope.run(tenant.id(), Actor.user("ada"), work);
        }
    }

    public TestTenant create() {
        Tenant tenant = tenants.ensure(
                "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12), "A tenant");
        return new TestTenant(tenant, token(tenant, ApiTokenScope.WRITE));
    }

    public String token(Tenant tenant, ApiTokenScope scope) {
        return TenantScope.call(
                tenant.id(),
                Actor.user("ada"),
                () -> tokens.create(new NewApiToken("test", scope, null)).text());
    }
}
