package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.Tenant;
import io.lightvessel.testing.BrowserStandIn;
import io.lightvessel.testing.keycloak.KeycloakComesLater;
import io.lightvessel.testing.keycloak.KeycloakPeople;
import io.lightvessel.testing.keycloak.KeycloakServer;
import io.lightvessel.testing.keycloak.KeycloakTest;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private TenantAdministration administration;

    private final String email = KeycloakPeople.anyone();
    private KeycloakPeople people;
    private String person;
    private Tenant tenant;

    @BeforeEach
    void someoneInOneOrganization() {
        people = new KeycloakPeople(keycloak);
        person = people.person(email);
        tenant = create();
    }

    private Tenant create() {
        String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
        return administration
                .create(new Operator("test"), new NewTenant(slug, "A tenant", email))
                .tenant();
    }

    @Override
    String someoneElse() {
        String other = KeycloakPeople.anyone();
        people.person(other);
        return other;
    }

    @Override
    Account account() {
        return new Account(email, KeycloakPeople.PASSWORD, tenant.slug());
    }

    @Test
    void whoCameBeforeKeycloakDidWasToldSo() {
        assertThat(later.before().statusCode()).isEqualTo(503);
        assertThat(later.before().headers().firstValue("Retry-After")).hasValue("10");
        assertThat(later.before().body()).contains("<h1>Nobody can sign in right now</h1>");
    }

    @Test
    void someoneInTwoOrganizationsEntersBothTenants() {
        Tenant other = create();
        people.join(people.organization("no-tenant-" + person), person);
        String both = Stream.of(tenant, other)
                .map(each -> '"' + each.slug() + '"')
                .sorted()
                .collect(Collectors.joining(","));

        assertThat(signIn(browser(), account()).body()).contains("\"tenants\":[" + both + "]");
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
