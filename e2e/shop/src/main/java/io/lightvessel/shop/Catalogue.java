package io.lightvessel.shop;

import java.util.Map;
import java.util.Set;

/** What the shop sells, with prices in euro cents. */
final class Catalogue {

    private static final Map<String, Integer> PRICES =
            Map.of("lantern", 4_900, "compass", 3_250, "foghorn", 8_900, "chart", 1_200, "anchor", 15_900);

    private Catalogue() {}

    static Set<String> items() {
        return PRICES.keySet();
    }

    static boolean sells(String item) {
        return PRICES.containsKey(item);
    }

    static int price(String item) {
        Integer price = PRICES.get(item);
        if (price == null) {
            throw new IllegalArgumentException("item: " + item + " (expected one of " + items() + ")");
        }
        return price;
    }
}
