package io.lightvessel.platform.ui;

import com.vaadin.flow.spring.security.AuthenticationContext;
import io.lightvessel.access.People;
import io.lightvessel.access.Person;
import io.lightvessel.tenancy.Tenant;
import java.util.List;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Knows who is signed in to this browser and which organisations that person may see. */
@Component
public class SignedIn {

    private final AuthenticationContext authentication;
    private final People people;

    SignedIn(AuthenticationContext authentication, People people) {
        this.authentication = authentication;
        this.people = people;
    }

    /** The organisations of this person that exist, by slug. */
    public List<Tenant> organisations() {
        return person().tenants();
    }

    /** The organisation with this slug; whether it is missing or merely foreign is not told apart. */
    public Org enter(String slug) {
        Person person = person();
        return person.membership(slug)
                .map(membership -> new Org(membership.tenant(), person.in(membership)))
                .orElseThrow(() -> new NotAMemberException(slug));
    }

    public String userName() {
        return user().getName();
    }

    void signOut() {
        authentication.logout();
    }

    private Person person() {
        return people.of(user());
    }

    private OidcUser user() {
        return authentication
                .getAuthenticatedUser(OidcUser.class)
                .orElseThrow(() -> new IllegalStateException("nobody is signed in (expected: an OpenID Connect user)"));
    }
}
