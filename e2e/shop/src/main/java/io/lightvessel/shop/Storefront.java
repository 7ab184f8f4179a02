package io.lightvessel.shop;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The storefront: what shoppers see; hands checkouts to the orders service. */
public final class Storefront {

    private static final Logger log = LoggerFactory.getLogger(Storefront.class);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI orders;
    private final LongCounter checkouts;

    Storefront(URI orders, Meter meter) {
        this.orders = orders;
        checkouts = meter.counterBuilder("shop.checkouts")
                .setDescription("Checkouts by the status that shoppers saw")
                .setUnit("{checkout}")
                .build();
    }

    /** Starts the service on SHOP_PORT; SHOP_ORDERS_URL says where the orders service is. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.from(System.getenv(), 18_090);
        Storefront storefront = new Storefront(settings.orders(), GlobalOpenTelemetry.getMeter("io.lightvessel.shop"));
        Web web = new Web(settings.port())
                .on("/products", storefront::products)
                .on("/checkout", storefront::checkout)
                .start();
        log.info("storefront listens on 127.0.0.1:{}", web.port());
    }

    Web.Answer products(Map<String, String> query) {
        log.info("showing {} products", Catalogue.items().size());
        return new Web.Answer(200, String.join(", ", Catalogue.items()));
    }

    Web.Answer checkout(Map<String, String> query) throws IOException, InterruptedException {
        String item = query.getOrDefault("item", "");
        HttpRequest request = HttpRequest.newBuilder(
                        orders.resolve("/orders?item=" + URLEncoder.encode(item, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        checkouts.add(1, Attributes.of(AttributeKey.longKey("http.status"), (long) response.statusCode()));
        if (response.statusCode() == 201) {
            log.info("sold a {}: {}", item, response.body().strip());
            return new Web.Answer(200, response.body().strip());
        }
        log.warn("no {} sold: orders answered {}", item, response.statusCode());
        return new Web.Answer(
                response.statusCode() == 400 ? 400 : 502,
                "sorry: " + response.body().strip());
    }
}
