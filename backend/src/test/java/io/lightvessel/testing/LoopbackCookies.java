package io.lightvessel.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the loopback interface for safe, as browsers do: cookies marked secure go over plain HTTP there. */
class LoopbackCookies extends CookieManager {

    LoopbackCookies() {
        super(null, CookiePolicy.ACCEPT_ALL);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
        Map<String, List<String>> plain = new HashMap<>();
        headers.forEach((name, values) -> plain.put(
                name,
                name.equalsIgnoreCase("Set-Cookie")
                        ? values.stream()
                                .map(value -> value.replaceAll("(?i);\\s*secure(?=;|$)", ""))
                                .toList()
                        : values));
        super.put(uri, plain);
    }
}
