package io.lightvessel.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.metrics.MeterProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShopTest {

    @Test
    void aCheckoutBecomesAnOrder() throws Exception {
        try (Web orders = ordersThatDraw(50);
                Web storefront = storefront(orders)) {
            HttpResponse<String> response = get(storefront, "/checkout?item=lantern");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("order 1001\n");
        }
    }

    @Test
    void aFailingPaymentReachesTheShopperAsBadGateway() throws Exception {
        try (Web orders = ordersThatDraw(0);
                Web storefront = storefront(orders)) {
            HttpResponse<String> response = get(storefront, "/checkout?item=lantern");

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).isEqualTo("sorry: payment provider did not answer\n");
        }
    }

    @Test
    void whatIsNotSoldIsRefused() throws Exception {
        try (Web orders = ordersThatDraw(50);
                Web storefront = storefront(orders)) {
            assertThat(get(storefront, "/checkout?item=submarine").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void anOrdersServiceThatIsAwayIsAnInternalError() throws Exception {
        Web orders = ordersThatDraw(50);
        try (Web storefront = storefront(orders)) {
            orders.close();

            assertThat(get(storefront, "/checkout?item=lantern").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertThatThrownBy(() -> Settings.from(Map.of("SHOP_PORT", "99999"), 1))
                .hasMessage("SHOP_PORT: 99999 (expected: 0..65535)");
    }

    private static Web ordersThatDraw(int chance) throws Exception {
        Orders orders = new Orders(MeterProvider.noop().get("test"), new Fixed(chance));
        return new Web(0).on("/orders", orders::place).start();
    }

    private static Web storefront(Web orders) throws Exception {
        Storefront storefront = new Storefront(
                URI.create("http://127.0.0.1:" + orders.port()),
                MeterProvider.noop().get("test"));
        return new Web(0).on("/checkout", storefront::checkout).start();
    }

    private static HttpResponse<String> get(Web web, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Draws the same number every time, so that a test chooses between the fast, slow and failing path. */
    private record Fixed(int chance) implements RandomGenerator {
        @Override
        public long nextLong() {
            return chance;
        }

        @Override
        public int nextInt(int bound) {
            return Math.min(chance, bound - 1);
        }
    }
}
