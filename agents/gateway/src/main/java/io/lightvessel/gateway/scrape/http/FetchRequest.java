package io.lightvessel.gateway.scrape.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One GET.
 *
 * @param headers those of the scrape; credentials and configured headers come on top
 * @param timeout for everything, from looking up the name to the last byte
 * @param bodyLimit bytes of the body as sent and unpacked; 0 is none
 * @param expectedBytes what the body will probably take, paid for before the request goes out
 */
public record FetchRequest(
        URI url, Map<String, String> headers, Duration timeout, long bodyLimit, long expectedBytes) {}
