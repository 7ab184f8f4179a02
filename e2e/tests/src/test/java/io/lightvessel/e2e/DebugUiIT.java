package io.lightvessel.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(420)
class DebugUiIT {

    private static final Map<String, String> VIEWS = Map.of(
            "overview", "#/overview",
            "graph", "#/graph",
            "table", "#/graph?view=table",
            "component", "#/components/exporter/otlphttp/away",
            "ledger", "#/ledger",
            "targets", "#/targets",
            "cluster", "#/cluster",
            "tail", "#/tail");

    @TempDir
    Path directory;

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private LocalAgent agent;
    private Playwright playwright;
    private com.microsoft.playwright.Browser chromium;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Browser.installed(), "chromium is not installed (Debian: apt-get install chromium)");
        agent = LocalAgent.start(directory, Map.of());
        playwright = Browser.playwright();
        chromium = Browser.chromium(playwright);
    }

    @AfterEach
    void close() throws Exception {
        if (playwright != null) {
            playwright.close();
        }
        if (agent != null) {
            agent.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "1440, DARK", "800, LIGHT", "800, DARK"})
    void everyViewIsAccessibleAndFitsItsWindow(int width, ColorScheme scheme) throws Exception {
        List<String> violations = new ArrayList<>();
        try (BrowserContext context = context(width, scheme)) {
            // Empty views differ little from each other: two of the four combinations see them.
            for (boolean traffic : (width == 800) == (scheme == ColorScheme.DARK)
                    ? new boolean[] {false, true}
                    : new boolean[] {true}) {
                if (traffic) {
                    agent.log("checkout", "ERROR", 17, "x".repeat(300));
                    agent.span("a-service-whose-name-is-longer-than-its-column-is-wide", "GET /cart");
                }
                for (Map.Entry<String, String> view : VIEWS.entrySet()) {
                    String name = view.getKey() + (traffic ? "-full" : "-empty");
                    Page page = go(context, view.getValue());
                    Object overflow = page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    assertThat(overflow).as(name + " scrolls sideways by").isEqualTo(0);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(ProductExtension.TARGET
                                    .resolve("screenshots")
                                    .resolve("debug-" + name + "-" + width + "-" + scheme + ".png")));
                    Accessibility.violations(page).forEach(violation -> violations.add(name + ": " + violation));
                    page.close();
                }
            }
        }
        assertThat(violations).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void theGraphIsWalkedByKeyboard() {
        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = go(context, "#/graph");
            Locator switchToTable = page.getByText("Table").first();
            switchToTable.focus();
            page.keyboard().press("Tab");
            List<String> walked = new ArrayList<>();
            for (String key : List.of("ArrowRight", "ArrowLeft", "End", "Home")) {
                walked.add(focused(page));
                page.keyboard().press(key);
            }
            walked.add(focused(page));
            assertThat(walked)
                    .containsExactly(
                            "receiver/otlp",
                            "exporter/debug",
                            "receiver/otlp",
                            "exporter/otlphttp/away",
                            "receiver/otlp");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowDown");
            page.waitForTimeout(2_500);
            assertThat(focused(page)).as("focus after the view was drawn again").isEqualTo("exporter/otlphttp/away");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("otlphttp/away");
            assertThat(page.locator("main")).not().containsText("very-secret");
            assertThat(page.locator("[data-key='headers::authorization'] .masked"))
                    .isVisible();
            page.goBack();
            assertThat(page.locator("h1")).hasText("Graph");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void theTailFiltersPausesAndGoesOn() throws Exception {
        try (BrowserContext context = context(1440, ColorScheme.DARK)) {
            Page page = go(context, "#/tail");
            page.selectOption("#tail-edge", "logs receiver/otlp->processor/memory_limiter");
            page.locator("#tail-filter").fill("service.name=checkout severity>=warn");
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*filter=service.name.*"));
            assertThat(page.locator("#tail-counts")).containsText("0 passed");
            Locator records = page.locator(".record");
            agent.log("cart", "ERROR", 17, "somebody else's");
            agent.log("checkout", "INFO", 9, "too quiet");
            agent.log("checkout", "WARN", 13, "stock is low");
            assertThat(records).hasCount(1);
            assertThat(records.first()).containsText("stock is low");
            assertThat(page.locator("#tail-counts")).containsText("3 passed, 3 looked at, 1 match, 1 shown.");

            page.locator("#tail-pause").press("Enter");
            agent.log("checkout", "ERROR", 17, "payment refused");
            assertThat(page.locator("#tail-waiting")).hasText("Paused. 1 record waits.");
            assertThat(records).hasCount(1);
            page.locator("#tail-pause").press("Space");
            assertThat(records).hasCount(2);

            page.locator(".record summary").last().press("Enter");
            assertThat(records.last().locator(".record-body")).containsText("order.id");
            page.waitForTimeout(2_500);
            assertThat(records.last().locator(".record-body")).isVisible();

            page.reload();
            assertThat(page.locator("#tail-filter")).hasValue("service.name=checkout severity>=warn");
            page.locator("#tail-filter").fill("severity>=loud");
            page.keyboard().press("Enter");
            assertThat(page.locator("#tail-problem")).containsText("filter: severity>=loud (expected: one of trace,");
        }
    }

    @Test
    void anAgentThatGoesAwayIsSaidAndFoundAgain() throws Exception {
        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = go(context, "#/overview");
            agent.kill();
            assertThat(page.locator("#gone")).containsText("The agent does not answer.");
            assertThat(page.locator("#link")).hasText("Reconnecting");
            agent.startAgain();
            assertThat(page.locator("#link")).hasText("Live");
            assertThat(page.locator("#gone")).isEmpty();
        }
    }

    @Test
    void whoHasTheTokenSignsIn() throws Exception {
        agent.close();
        agent = LocalAgent.start(directory, Map.of("LIGHTVESSEL_DEBUG_TOKEN", "correct-horse-battery"));
        try (BrowserContext context = context(800, ColorScheme.DARK)) {
            Page page = context.newPage();
            page.navigate("http://127.0.0.1:" + agent.debugPort + "/");
            assertThat(Accessibility.violations(page)).isEmpty();
            page.keyboard().type("wrong");
            page.keyboard().press("Enter");
            assertThat(page.locator("[role=alert]")).containsText("That is not this agent's token.");
            page.locator("#token").fill("correct-horse-battery");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Overview");
            page.locator("#sign-out button").click();
            page.locator("#token").waitFor();
            page.navigate("http://127.0.0.1:" + agent.debugPort + "/");
            page.waitForURL(Pattern.compile(".*/sign-in"));
        }
    }

    private BrowserContext context(int width, ColorScheme scheme) {
        return chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme));
    }

    private Page go(BrowserContext context, String view) {
        Page page = context.newPage();
        page.onPageError(errors::add);
        page.navigate("http://127.0.0.1:" + agent.debugPort + "/" + view);
        page.locator("h1").waitFor();
        assertThat(page.locator("#link")).hasText("Live");
        return page;
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("() => document.activeElement.dataset.name"));
    }
}
