package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenancyError;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who becomes what in a tenant, and who may decide so. */
@ControlPlaneTest
class MembersIT {
    @Autowired
    private TestTenants testTenants;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Members members;

    @Autowired
    private People people;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private ApiTokenAuthenticator authenticator;

    private TestTenant tenant;

    @BeforeEach
    void aTenantOwnedByAda() {
        tenant = testTenants.create();
    }

    @Test
    void theLastOwnerNeitherLeavesNorSteps() {
        refused(() -> tenant.run(() -> members.remove("ada")), AccessError.LAST_OWNER);
        refused(() -> tenant.run(() -> members.changeRole("ada", Role.ADMIN)), AccessError.LAST_OWNER);
        tenant.run(() -> members.add(new NewMember("bea", Role.OWNER)));
        tenant.run(() -> members.remove("ada"));
        assertThat(tenant.call(() -> members.list(new PageRequest(10, null)).items()))
                .extracting(Member::name)
                .containsExactly("bea");
    }

    @Test
    void twoOwnersWhoRemoveEachOtherAtOnceLeaveOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            TestTenant shared = testTenants.create();
            shared.run(() -> members.add(new NewMember("bea", Role.OWNER)));
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<Boolean>> done = both.invokeAll(List.of(removal(shared, "ada"), removal(shared, "bea")));
                assertThat(done.get(0).get() ^ done.get(1).get()).isTrue();
            }
            assertThat(shared.call(() -> members.list(new PageRequest(10, null)).items()))
                    .hasSize(1);
        }
    }

    private Callable<Boolean> removal(TestTenant shared, String name) {
        return () -> {
            try {
                shared.run(() -> members.remove(name));
                return true;
            } catch (LightvesselException e) {
                assertThat(e.error()).isEqualTo(AccessError.LAST_OWNER);
                return false;
            }
        };
    }

    @Test
    void anAdminNeitherMakesNorTouchesOwners() {
        tenant.run(() -> members.add(new NewMember("bea", Role.ADMIN)));
        as("bea", Role.ADMIN, () -> members.add(new NewMember("cy", Role.ADMIN)));
        refused(
                () -> as("bea", Role.ADMIN, () -> members.add(new NewMember("dee", Role.OWNER))),
                TenancyError.ROLE_MISSING);
        refused(() -> as("bea", Role.ADMIN, () -> members.changeRole("bea", Role.OWNER)), TenancyError.ROLE_MISSING);
        refused(() -> as("bea", Role.ADMIN, () -> members.changeRole("ada", Role.VIEWER)), TenancyError.ROLE_MISSING);
        assertThatThrownBy(() -> as("bea", Role.ADMIN, () -> members.remove("ada")))
                .hasMessage("Removing an owner needs the role owner. user:bea has the role admin in this tenant.");
    }

    @Test
    void aTokenMayNoMoreThanItsMakerMayAtThatMoment() {
        tenant.run(() -> members.add(new NewMember("bea", Role.ADMIN)));
        refused(
                () -> as("bea", Role.ADMIN, () -> tokens.create(new NewApiToken("t", Role.OWNER, null))),
                TenancyError.ROLE_MISSING);
        String text = TenantScope.call(
                tenant.tenant().id(),
                Actor.user("bea", Role.ADMIN),
                () -> tokens.create(new NewApiToken("t", Role.ADMIN, null)).text());
        ApiCaller caller = authenticator.authenticate(text);
        assertThat(caller.role()).isEqualTo(Role.ADMIN);
        String child = TenantScope.call(
                caller.tenant(),
                caller.actor(),
                () -> tokens.create(new NewApiToken("child", Role.EDITOR, null)).text());

        tenant.run(() -> members.changeRole("bea", Role.VIEWER));
        assertThat(authenticator.authenticate(text).role()).isEqualTo(Role.VIEWER);
        assertThat(authenticator.authenticate(child).role()).isEqualTo(Role.VIEWER);

        tenant.run(() -> members.remove("bea"));
        refused(() -> authenticator.authenticate(text), AccessError.API_TOKEN_ORPHANED);
        refused(() -> authenticator.authenticate(child), AccessError.API_TOKEN_ORPHANED);
    }

    @Test
    void someoneInSeveralTenantsIsSomethingElseInEach() {
        TestTenant other = testTenants.create();
        tenant.run(() -> members.add(new NewMember("bea", Role.EDITOR)));
        other.run(() -> members.add(new NewMember("bea", Role.ADMIN)));
        TestTenant foreign = testTenants.create();
        foreign.run(() -> members.add(new NewMember("bea", Role.OWNER)));

        Person bea = people.of(user("bea", "1", slug(tenant), slug(other)));

        assertThat(bea.membership(slug(tenant)).orElseThrow().role()).isEqualTo(Role.EDITOR);
        assertThat(bea.membership(slug(other)).orElseThrow().role()).isEqualTo(Role.ADMIN);
        // A member here whom the provider took out of the organization may not enter.
        assertThat(bea.membership(slug(foreign))).isEmpty();
    }

    @Test
    void someoneTheProviderNamesAndNobodyMadeAMemberLooksOn() {
        assertThat(people.of(user("zoe", "9", slug(tenant)))
                        .membership(slug(tenant))
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.VIEWER);
    }

    @Test
    void whoeverGetsTheNameLaterIsSomeoneElse() {
        tenant.run(() -> members.add(new NewMember("bea", Role.ADMIN)));
        assertThat(tenant.call(() -> members.get("bea")).hasSignedIn()).isFalse();
        people.of(user("bea", "1", slug(tenant)));
        assertThat(tenant.call(() -> members.get("bea")).hasSignedIn()).isTrue();

        assertThat(people.of(user("bea", "2", slug(tenant))).memberships()).isEmpty();
        assertThat(people.of(user("bea", "1", slug(tenant))).memberships()).hasSize(1);
    }

    @Test
    void aMemberIsAddedOnceAndByName() {
        refused(() -> tenant.run(() -> members.add(new NewMember("ada", Role.VIEWER))), AccessError.MEMBER_EXISTS);
        assertThatThrownBy(() -> tenant.run(() -> members.add(new NewMember("a b", Role.VIEWER))))
                .hasMessageContaining("expected: 1 to 200 characters without spaces or slashes");
        refused(() -> tenant.run(() -> members.remove("nobody")), AccessError.MEMBER_NOT_FOUND);
    }

    @Test
    void theEmbeddedTenantBelongsToTheOneAccount() {
        Tenant demo = tenants.find("demo").orElseThrow();
        assertThat(people.of(user("demo", "demo", "demo")).membership("demo").orElseThrow())
                .isEqualTo(new Membership(demo, Role.OWNER));
    }

    private void as(String name, Role role, Runnable work) {
        TenantScope.run(tenant.tenant().id(), Actor.user(name, role), work);
    }

    private static String slug(TestTenant tenant) {
        return tenant.tenant().slug();
    }

    private static void refused(ThrowingCallable work, ErrorCode with) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        LightvesselException.class, e -> assertThat(e.error()).isEqualTo(with));
    }

    private static OidcUser user(String name, String subject, String... organizations) {
        return new DefaultOidcUser(
                List.of(),
                new OidcIdToken(
                        "test",
                        Instant.now(),
                        Instant.now().plusSeconds(60),
                        Map.of("sub", subject, "preferred_username", name, "organization", List.of(organizations))),
                "preferred_username");
    }
}
