package io.lightvessel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Does what a browser does, by hand and without scripts: keeps cookies, follows redirects, fills in the form of a page. */
public final class BrowserStandIn {
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern NAME = Pattern.compile("\\sname=\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("\\svalue=\"([^\"]*)\"");
    private static final int HOPS = 12;

    private final URI home;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new LoopbackCookies())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public BrowserStandIn(int port) {
        this.home = URI.create("http://127.0.0.1:" + port);
    }

    /** One request; redirects are not followed. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(home.resolve(path)));
    }

    /** Where a path leads to in the end. */
    public HttpResponse<String> open(String path) {
        return follow(get(path));
    }

    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(home.resolve(path), fields);
    }

    /** Fills in the page's only form; redirects are not followed. */
    public HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("%s: no form in %s".formatted(page.uri(), page.body()));
        }
        Map<String, String> all = new LinkedHashMap<>();
        HIDDEN.matcher(page.body()).results().forEach(input -> {
            Matcher name = NAME.matcher(input.group());
            Matcher value = VALUE.matcher(input.group());
            if (name.find()) {
                all.put(name.group(1), value.find() ? HtmlUtils.htmlUnescape(value.group(1)) : "");
            }
        });
        all.putAll(fields);
        return post(page.uri().resolve(HtmlUtils.htmlUnescape(form.group(1))), all);
    }

    public HttpResponse<String> follow(HttpResponse<String> response) {
        HttpResponse<String> current = response;
        for (int hops = 0; current.statusCode() / 100 == 3 && hops < HOPS; hops++) {
            String location = current.headers().firstValue("Location").orElseThrow();
            current = send(HttpRequest.newBuilder(current.uri().resolve(location)));
        }
        return current;
    }

    private HttpResponse<String> post(URI address, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.header("Accept", "text/html, */*").build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
