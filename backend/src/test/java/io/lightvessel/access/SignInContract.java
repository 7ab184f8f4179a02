package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.testing.BrowserStandIn;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What signing in is like, whoever the provider. */
abstract class SignInContract {
    private static final String ASKED_FOR = "/test/whoami";

    @LocalServerPort
    private int port;

    /** Someone with a password who belongs to one tenant. */
    record Account(String user, String password, String tenant) {}

    @Autowired
    private TenantAdministration administration;

    @Autowired
    private Members members;

    abstract Account account() throws Exception;

    /** The name of someone whom the provider lets be added. */
    abstract String someoneElse();

    BrowserStandIn browser() {
        return new BrowserStandIn(port);
    }

    @Test
    void thePasswordOpensWhatWasAskedFor() throws Exception {
        BrowserStandIn browser = browser();
        HttpResponse<String> arrived = signIn(browser, account());

        assertThat(arrived.uri()).hasPath(ASKED_FOR).hasPort(port);
        assertThat(arrived.body())
                .contains(
                        "\"name\":\"%s\"".formatted(account().user()),
                        '"' + account().tenant() + '"');
        assertThat(browser.get(ASKED_FOR).statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSessionAtTheProviderToo() throws Exception {
        BrowserStandIn browser = browser();
        signIn(browser, account());

        HttpResponse<String> left = browser.post("/logout", Map.of());
        assertThat(left.headers().firstValue("Location").orElseThrow()).contains("logout?id_token_hint=");
        assertThat(browser.follow(left).uri()).hasPath("/").hasPort(port);
        assertThat(browser.open(ASKED_FOR).body()).contains("name=\"username\"");
    }

    @Test
    void theProviderIsAskedWithProofKeyAndState() {
        HttpResponse<String> start = browser().get(SignIn.START);

        assertThat(start.statusCode()).isEqualTo(302);
        assertThat(start.headers().firstValue("Location").orElseThrow())
                .contains(
                        "?response_type=code&client_id=lightvessel", "code_challenge_method=S256", "state=", "nonce=");
    }

    @Test
    void aWrongPasswordOpensNothing() throws Exception {
        BrowserStandIn browser = browser();
        HttpResponse<String> refused =
                signIn(browser, new Account(account().user(), "guess", account().tenant()));

        assertThat(refused.body()).contains("name=\"password\"");
        assertThat(browser.get(ASKED_FOR).statusCode()).isEqualTo(302);
    }

    @Test
    void beingKnownToTheProviderIsNotYetBeingSignedIn() throws Exception {
        BrowserStandIn browser = browser();
        answer(browser, browser.open(ASKED_FOR), account());

        assertThat(browser.get(ASKED_FOR).statusCode()).isEqualTo(302);
    }

    @Test
    void whoIsGivenATenantEntersItAndWhoIsTakenOutDoesNot() throws Exception {
        Account account = account();
        String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
        Tenant made = administration
                .create(new Operator("test"), new NewTenant(slug, "A tenant", account.user()))
                .tenant();
        assertThat(signIn(browser(), account).body()).contains('"' + slug + '"', '"' + account.tenant() + '"');

        String other = someoneElse();
        TenantScope.run(made.id(), Actor.user(account.user(), Role.OWNER), () -> {
            members.add(new NewMember(other, Role.OWNER));
            members.remove(account.user());
        });
        assertThat(signIn(browser(), account).body()).doesNotContain(slug).contains('"' + account.tenant() + '"');
    }

    static HttpResponse<String> signIn(BrowserStandIn browser, Account account) {
        return browser.follow(answer(browser, browser.open(ASKED_FOR), account));
    }

    /** A provider may ask for the name first, to find out where the password belongs. */
    private static HttpResponse<String> answer(BrowserStandIn browser, HttpResponse<String> page, Account account) {
        HttpResponse<String> asking = page.body().contains("name=\"password\"")
                ? page
                : browser.follow(browser.submit(page, Map.of("username", account.user())));
        return browser.submit(asking, Map.of("username", account.user(), "password", account.password()));
    }
}
