package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.testing.BrowserStandIn;
import io.lightvessel.testing.keycloak.KeycloakPeople;
import io.lightvessel.testing.keycloak.KeycloakServer;
import io.lightvessel.testing.keycloak.KeycloakTest;
import io.lightvessel.testing.keycloak.MailSink;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** Tenants and members that are made here, and what a real Keycloak has of them then. */
@KeycloakTest
class KeycloakMembersIT {
    @LocalServerPort
    private int port;

    @Autowired
    private KeycloakServer keycloak;

    @Autowired
    private TenantAdministration administration;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Members members;

    @Autowired
    private TransactionTemplate transaction;

    private final String ada = KeycloakPeople.anyone();
    private KeycloakPeople people;
    private Tenant tenant;

    @BeforeEach
    void aTenantOwnedByAda() {
        people = new KeycloakPeople(keycloak);
        people.person(ada);
        tenant = create(ada);
    }

    @Test
    void aNewTenantIsAnOrganizationWithItsOwner() {
        assertThat(people.members(tenant.slug())).containsExactly(ada);
    }

    @Test
    void aTenantWhoseOwnerNobodyKnowsIsNotMadeAtAll() {
        String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
        assertThatThrownBy(() -> administration.create(new Operator("test"), new NewTenant(slug, "A", "nobody")))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("Keycloak knows nobody called nobody. Give an e-mail address to let in someone new.");
        assertThat(tenants.find(slug)).isEmpty();
        assertThat(people.hasOrganization(slug)).isFalse();
    }

    @Test
    void membersComeAndGoHereAndThere() {
        String bea = KeycloakPeople.anyone();
        people.person(bea);
        Member added = add(bea.toUpperCase(Locale.ROOT), Role.EDITOR);

        assertThat(added.name()).isEqualTo(bea);
        assertThat(people.members(tenant.slug())).containsExactlyInAnyOrder(ada, bea);
        assertThatThrownBy(() -> add(bea, Role.VIEWER)).hasMessageContaining("is a member already");

        run(() -> members.remove(bea));
        assertThat(people.members(tenant.slug())).containsExactly(ada);
    }

    @Test
    void whoIsOnlyKeycloaksDoesNotEnter() {
        String zoe = KeycloakPeople.anyone();
        people.join(people.organizationId(tenant.slug()), people.person(zoe));

        assertThat(SignInContract.signIn(browser(), account(zoe)).body()).contains("\"tenants\":[]");
    }

    @Test
    void aMemberWhoIsTakenOutIsOutWithTheNextClick() {
        String bea = KeycloakPeople.anyone();
        people.person(bea);
        add(bea, Role.ADMIN);
        BrowserStandIn browser = browser();
        assertThat(SignInContract.signIn(browser, account(bea)).body()).contains(tenant.slug());

        run(() -> members.remove(bea));

        assertThat(browser.get("/test/whoami").body()).contains("\"tenants\":[]");
    }

    @Test
    void whatTheDatabaseGivesUpKeycloakGivesUpToo() {
        String bea = KeycloakPeople.anyone();
        people.person(bea);
        run(() -> transaction.executeWithoutResult(status -> {
            members.add(new NewMember(bea, Role.EDITOR));
            assertThat(people.members(tenant.slug())).contains(bea);
            status.setRollbackOnly();
        }));
        assertThat(people.members(tenant.slug())).containsExactly(ada);
    }

    @Test
    void withoutMailNobodyIsInvitedAndNothingIsLeft() {
        people.mail(null);
        String bea = KeycloakPeople.anyone();
        assertThatThrownBy(() -> add(bea, Role.EDITOR))
                .hasMessage(
                        "Adding %s to the organization %s: Keycloak could not send the invitation. Set up the realm's e-mail, or lightvessel.keycloak.newcomers: create."
                                .formatted(bea, tenant.slug()));
        assertThatThrownBy(() -> run(() -> members.get(bea))).hasMessageContaining("There is no member");
        assertThat(people.invitations(tenant.slug())).isEmpty();
    }

    @Test
    void whoCameByInvitationKeepsTheirAccountWhenTheyAreRemoved() throws Exception {
        try (MailSink mail = new MailSink()) {
            people.mail(mail.port());
            String bea = KeycloakPeople.anyone();
            add(bea, Role.EDITOR);
            BrowserStandIn browser = browser();
            browser.follow(browser.submit(
                    browser.open(mail.awaitLink()), Map.of("email", bea, "firstName", "Bea", "lastName", "B")));
            assertThat(people.members(tenant.slug())).containsExactlyInAnyOrder(ada, bea);

            run(() -> members.remove(bea));

            // Keycloak deletes an account with the organization that manages it: so here it stays, and lets nobody in.
            assertThat(people.members(tenant.slug())).containsExactlyInAnyOrder(ada, bea);
            assertThatThrownBy(() -> run(() -> members.get(bea))).hasMessageContaining("There is no member");
            assertThat(add(bea, Role.VIEWER).name()).isEqualTo(bea);
        }
    }

    @Test
    void anInvitationIsTakenBackWithTheMember() throws Exception {
        try (MailSink mail = new MailSink()) {
            people.mail(mail.port());
            String bea = KeycloakPeople.anyone();
            add(bea, Role.EDITOR);
            assertThat(people.invitations(tenant.slug())).containsExactly(bea);
            assertThat(mail.awaitLink()).startsWith(keycloak.issuer());
            run(() -> members.remove(bea));
            assertThat(people.invitations(tenant.slug())).isEmpty();
        }
    }

    private Tenant create(String owner) {
        String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
        return administration
                .create(new Operator("test"), new NewTenant(slug, "A tenant", owner))
                .tenant();
    }

    private Member add(String name, Role role) {
        return TenantScope.call(tenant.id(), Actor.user(ada, Role.OWNER), () -> members.add(new NewMember(name, role)));
    }

    private void run(Runnable work) {
        TenantScope.run(tenant.id(), Actor.user(ada, Role.OWNER), work);
    }

    private BrowserStandIn browser() {
        return new BrowserStandIn(port);
    }

    private SignInContract.Account account(String name) {
        return new SignInContract.Account(name, KeycloakPeople.PASSWORD, tenant.slug());
    }
}
