package io.lightvessel.access;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Sees to it that the embedded mode has its tenant, and an API token of it in a private file. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnBooleanProperty("lightvessel.embedded.enabled")
class EmbeddedTenant implements ApplicationRunner {
    private final LightvesselSettings settings;
    private final Tenants tenants;
    private final ApiTokens tokens;
    private final ApiTokenAuthenticator authenticator;
    private final Members members;

    EmbeddedTenant(
            LightvesselSettings settings,
            Tenants tenants,
            ApiTokens tokens,
            ApiTokenAuthenticator authenticator,
            Members members) {
        this.settings = settings;
        this.tenants = tenants;
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.members = members;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Tenant tenant = tenants.ensure(settings.embedded().tenant(), displayName());
        TenantScope.run(tenant.id(), Actor.system("embedded"), this::ensureOwner);
        Path file = settings.dataDir().resolve("api-token");
        if (PrivateFiles.read(file).filter(bytes -> isValid(bytes, tenant)).isEmpty()) {
            CreatedApiToken created = TenantScope.call(
                    tenant.id(),
                    Actor.system("embedded"),
                    () -> tokens.create(new NewApiToken("This machine", Role.ADMIN, null)));
            PrivateFiles.write(file, (created.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void ensureOwner() {
        if (members.list(new PageRequest(1, null)).items().isEmpty()) {
            members.add(new NewMember(settings.embedded().user(), Role.OWNER));
        }
    }

    private boolean isValid(byte[] text, Tenant tenant) {
        try {
            return authenticator
                    .authenticate(new String(text, StandardCharsets.UTF_8).trim())
                    .tenant()
                    .equals(tenant.id());
        } catch (LightvesselException e) {
            // Revoked, expired or of another database: the file gets a new one.
            return false;
        }
    }

    private String displayName() {
        String slug = settings.embedded().tenant();
        return Character.toUpperCase(slug.charAt(0)) + slug.substring(1);
    }
}
