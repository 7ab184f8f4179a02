package io.lightvessel.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The load: shoppers that look around and buy something, about three requests a second in all. */
public final class Shoppers {

    private static final Logger log = LoggerFactory.getLogger(Shoppers.class);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI storefront;
    private final RandomGenerator random;

    Shoppers(URI storefront, RandomGenerator random) {
        this.storefront = storefront;
        this.random = random;
    }

    /** Shops until the process is stopped; SHOP_STOREFRONT_URL says where. */
    public static void main(String[] args) throws InterruptedException {
        Settings settings = Settings.from(System.getenv(), 0);
        Shoppers shoppers = new Shoppers(settings.storefront(), RandomGenerator.getDefault());
        log.info("shopping at {}", settings.storefront());
        while (true) {
            shoppers.shop();
            Thread.sleep(200 + shoppers.random.nextInt(300));
        }
    }

    void shop() throws InterruptedException {
        String path = nextPath();
        try {
            HttpRequest request = HttpRequest.newBuilder(storefront.resolve(path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 500) {
                log.warn("{} answered {}", path, response.statusCode());
            }
        } catch (IOException e) {
            log.warn("{} failed: {}", path, e.toString());
        }
    }

    private String nextPath() {
        if (random.nextInt(3) == 0) {
            return "/products";
        }
        if (random.nextInt(50) == 0) {
            return "/checkout?item=submarine";
        }
        List<String> items = Catalogue.items().stream().sorted().toList();
        return "/checkout?item=" + items.get(random.nextInt(items.size()));
    }
}
