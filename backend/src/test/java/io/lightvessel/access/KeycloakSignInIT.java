package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.Role;
import io.lightvessel.testing.BrowserStandIn;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import io.lightvessel.testing.keycloak.KeycloakComesLater;
import io.lightvessel.testing.keycloak.KeycloakPeople;
import io.lightvessel.testing.keycloak.KeycloakServer;
import io.lightvessel.testing.keycloak.KeycloakTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Signs in with a real Keycloak and the realm we give people to import. */
@KeycloakTest
class KeycloakSignInIT extends SignInContract {
    @Autowired
    private KeycloakServer keycloak;

    @Autowired
    private KeycloakComesLater later;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private Members members;

    private final String email = KeycloakPeople.anyone();
    private KeycloakPeople people;
    private String person;
    private TestTenant tenant;

    @BeforeEach
    void someoneInOneOrganization() {
        people = new KeycloakPeople(keycloak);
        person = people.person(email);
        tenant = tenants.create();
        people.join(people.organization(tenant.tenant().slug()), person);
    }

    @Override
    Account account() {
        return new Account(email, KeycloakPeople.PASSWORD, tenant.tenant().slug());
    }

    @Test
    void whoCameBeforeKeycloakDidWasToldSo() {
        assertThat(later.before().statusCode()).isEqualTo(503);
        assertThat(later.before().headers().firstValue("Retry-After")).hasValue("10");
        assertThat(later.before().body()).contains("<h1>Nobody can sign in right now</h1>");
    }

    @Test
    void someoneInTwoOrganizationsEntersBothTenants() {
        TestTenant other = tenants.create();
        people.join(people.organization(other.tenant().slug()), person);
        people.join(people.organization("no-tenant-" + person), person);
        String both = Stream.of(tenant, other)
                .map(each -> '"' + each.tenant().slug() + '"')
                .sorted()
                .reduce((first, second) -> first + "," + second)
                .orElseThrow();

        assertThat(signIn(browser(), account()).body()).contains("\"tenants\":[" + both + "]");
    }

    @Test
    void aMemberIsKnownByTheNameKeycloakGives() {
        tenant.run(() -> members.add(new NewMember(email, Role.EDITOR)));
        signIn(browser(), account());

        assertThat(tenant.call(() -> members.get(email)).hasSignedIn()).isTrue();
    }

    @Test
    void signingOutAtKeycloakEndsEverySessionHere() {
        BrowserStandIn laptop = browser();
        BrowserStandIn phone = browser();
        BrowserStandIn someoneElses = browser();
        signIn(laptop, account());
        signIn(phone, account());
        String other = KeycloakPeople.anyone();
        people.person(other);
        signIn(someoneElses, new Account(other, KeycloakPeople.PASSWORD, ""));

        people.signOut(person);

        assertThat(laptop.get("/test/whoami").statusCode()).isEqualTo(302);
        assertThat(phone.get("/test/whoami").statusCode()).isEqualTo(302);
        assertThat(someoneElses.get("/test/whoami").statusCode()).isEqualTo(200);
    }
}
