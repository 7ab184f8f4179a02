package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.lightvessel.local.ControlPlane;
import io.lightvessel.local.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(ProductExtension.class)
class ConsoleIT {

    private static final String BLUEPRINT = "to-look-at";
    private static final Pattern TOKEN = Pattern.compile("lve_[A-Za-z0-9]{10}_[A-Za-z0-9_-]{43}");

    @BeforeEach
    void needChromium() {
        assumeTrue(Browser.installed(), "chromium is not installed (Debian: apt-get install chromium)");
    }

    @Test
    void aNewlyEnrolledAgentTurnsHealthyWithoutReloadingThePage(Product product) throws Exception {
        int otlp = OwnAgent.freePort();
        try (Browser browser = Browser.open(product, 1440, false)) {
            Page page = browser.page();
            browser.signIn();
            browser.go("/enrolment");
            page.evaluate("() => { window.neverReloaded = true; }");
            button(page, "Create token").first().click();
            page.locator("#token-create").click();
            Locator command = page.locator("#command-direct");
            command.waitFor();
            Matcher token = TOKEN.matcher(command.textContent());
            assertThat(token.find()).as("token in the command").isTrue();

            Map<String, String> environment = Map.of(
                    "LIGHTVESSEL_OTLP_GRPC_ENDPOINT", "127.0.0.1:" + otlp,
                    "LIGHTVESSEL_OTLP_HTTP_ENDPOINT", "127.0.0.1:" + OwnAgent.freePort(),
                    "LIGHTVESSEL_CLUSTER_ENDPOINT", "127.0.0.1:" + OwnAgent.freePort());
            try (OwnAgent agent = OwnAgent.start(product, "newcomer", token.group(), environment);
                    SteadySender sender = sendWhenUp(otlp)) {
                page.locator("#enrolment-done").waitFor();
                browser.screenshot("enrolment-done");
                browser.click("Open newcomer");
                page.getByText("Healthy").first().waitFor();
                assertThat(page.evaluate("() => window.neverReloaded === true")).isEqualTo(true);
                assertThat(agent.alive()).isTrue();
                assertThat(sender.failures()).isEmpty();
            }
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aSignInThatFailsEndsOnAPageThatSaysSo(Product product) throws Exception {
        try (Browser browser = Browser.open(product, 1440, false)) {
            browser.page()
                    .navigate(
                            product.controlPlane().address() + "/login/oauth2/code/lightvessel?code=stale&state=none");
            browser.page().locator("#sign-in-failed").waitFor();
            browser.page().getByText("Sign in again").click();
            browser.page().locator("#username").waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPageIsAccessible(boolean dark, Product product) throws Exception {
        try (Browser browser = Browser.open(product, 1440, dark)) {
            List<String> violations = new ArrayList<>();
            browser.page().navigate(product.controlPlane().address() + "/");
            check(browser, "sign-in", violations);
            browser.signIn();
            for (Map.Entry<String, String> route : routes(product).entrySet()) {
                browser.go(route.getValue());
                browser.page().waitForTimeout(500);
                check(browser, route.getKey(), violations);
            }
            assertThat(violations).isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 800})
    void everyPageFitsItsWindow(int width, Product product) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            try (Browser browser = Browser.open(product, width, dark)) {
                browser.page().navigate(product.controlPlane().address() + "/");
                browser.screenshot(name("sign-in", width, dark));
                browser.signIn();
                for (Map.Entry<String, String> route : routes(product).entrySet()) {
                    browser.go(route.getValue());
                    browser.page().waitForTimeout(1_000);
                    browser.screenshot(name(route.getKey(), width, dark));
                    Object overflow = browser.page()
                            .evaluate(
                                    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    assertThat(overflow)
                            .as(route.getKey() + " scrolls sideways by")
                            .isEqualTo(0);
                }
            }
        }
    }

    private static Map<String, String> routes(Product product) throws Exception {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("home", "/home");
        routes.put("clusters", "/clusters");
        routes.put("cluster", "/clusters/demo");
        routes.put("agents", "/agents");
        String agent = product.controlPlane().agents().stream()
                .filter(one -> one.name().equals("gateway-1"))
                .map(ControlPlane.Agent::id)
                .findFirst()
                .orElseThrow();
        routes.put("agent", "/agents/" + agent);
        routes.put("topology", "/topology");
        routes.put("stack", "/clusters/demo/stack");
        keepSomething(product);
        routes.put("blueprints", "/blueprints");
        routes.put("blueprint", "/blueprints/" + BLUEPRINT);
        routes.put("targets", "/targets");
        routes.put("no-target-matches", "/targets?q=nowhere");
        routes.put("profiles", "/profiles");
        routes.put("scaling", "/scaling");
        routes.put("enrolment", "/enrolment");
        String token = new Api(product.controlPlane())
                .get("/enrollment-tokens")
                .path("items")
                .get(0)
                .path("id")
                .asString();
        routes.put("waiting", "/enrolment/" + token);
        routes.put("members", "/members");
        routes.put("api-tokens", "/api-tokens");
        routes.put("audit", "/audit");
        routes.put("settings", "/settings");
        return routes;
    }

    /** A blueprint to look at, and a draft beside the demo's stack. */
    private static void keepSomething(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        boolean known = api.get("/blueprints")
                .path("items")
                .valueStream()
                .anyMatch(one -> BLUEPRINT.equals(one.path("slug").asString()));
        if (!known) {
            api.post("/blueprints", Map.of("slug", BLUEPRINT, "name", "To look at"));
        }
        JsonNode stack = api.get("/clusters/demo/stack");
        api.post(
                "/clusters/demo/stack/drafts?message=begun&base="
                        + stack.path("revision").asInt(),
                stack.path("spec"));
    }

    private static void check(Browser browser, String route, List<String> violations) {
        // Vaadin's own bar, empty unless the connection is lost, and React Flow's own mark.
        Accessibility.violations(browser.page(), "vaadin-connection-indicator", ".react-flow__attribution")
                .forEach(violation -> violations.add(route + ": " + violation));
    }

    private static SteadySender sendWhenUp(int port) throws Exception {
        Eventually.within(
                Duration.ofSeconds(30),
                () -> assertThat(Wire.listening(port))
                        .as("agent listens on " + port)
                        .isTrue());
        return new SteadySender("newcomers-app", port);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private static String name(String route, int width, boolean dark) {
        return route + "-" + width + (dark ? "-dark" : "-light");
    }
}
