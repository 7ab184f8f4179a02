package io.lightvessel.shop;

import java.net.URI;
import java.util.Map;

/** What a shop process is told through its environment. */
record Settings(int port, URI orders, URI storefront) {

    static Settings from(Map<String, String> environment, int defaultPort) {
        return new Settings(
                port(environment.getOrDefault("SHOP_PORT", String.valueOf(defaultPort))),
                URI.create(environment.getOrDefault("SHOP_ORDERS_URL", "http://127.0.0.1:18091")),
                URI.create(environment.getOrDefault("SHOP_STOREFRONT_URL", "http://127.0.0.1:18090")));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("SHOP_PORT: " + text + " (expected: 0..65535)");
        }
        return Integer.parseInt(text);
    }
}
