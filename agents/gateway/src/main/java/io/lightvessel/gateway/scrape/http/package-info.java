/** Gets targets' answers over HTTP/1.1, within limits of time, size and the byte budget. */
@NullMarked
package io.lightvessel.gateway.scrape.http;

import org.jspecify.annotations.NullMarked;
