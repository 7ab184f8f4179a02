package io.lightvessel.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.lightvessel.local.DataDir;
import io.lightvessel.local.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A person at the console: the system's Chromium, driven by Playwright. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = 60_000;

    private final Product product;
    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private Browser(Product product, Playwright playwright, BrowserContext context) {
        this.product = product;
        this.playwright = playwright;
        this.context = context;
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onPageError(errors::add);
    }

    static boolean installed() {
        return Files.isExecutable(CHROMIUM);
    }

    static Browser open(Product product, int width, boolean dark) {
        Playwright playwright = playwright();
        BrowserContext context = chromium(playwright)
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        return new Browser(product, playwright, context);
    }

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static com.microsoft.playwright.Browser chromium(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    /** From the console's address over the identity provider's page back to the console. */
    void signIn() {
        DataDir.SignIn signIn = product.data().signIn();
        page.navigate(product.controlPlane().address() + "/");
        page.locator("#username").fill(signIn.user());
        page.locator("#password").fill(signIn.password());
        page.locator("button[type=submit]").click();
        page.waitForURL(Pattern.compile(".*/o/demo/.*"));
        settle();
    }

    /** Opens a page of the demo tenant. */
    void go(String path) {
        page.navigate(product.controlPlane().address() + "/o/demo" + path);
        settle();
    }

    /** Waits until Vaadin has nothing left to do. */
    void settle() {
        page.waitForFunction("() => window.Vaadin?.Flow?.clients"
                + " && Object.values(window.Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())");
    }

    Page page() {
        return page;
    }

    void awaitText(String text) {
        page.getByText(text).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    }

    /** What the page looked like last, for whoever looks into a failure. */
    private void leavePicture() {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(ProductExtension.TARGET.resolve("screenshots").resolve("last-seen.png")));
    }

    /** Follows a link by its text. */
    void click(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                .first()
                .click();
        settle();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(ProductExtension.TARGET.resolve("screenshots").resolve(name + ".png")));
    }

    /** What scripts on the page threw. */
    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        leavePicture();
        context.close();
        playwright.close();
    }
}
