/** What is known of a target's series from scrape to scrape, and the requests that are written from it. */
@NullMarked
package io.lightvessel.gateway.scrape.series;

import org.jspecify.annotations.NullMarked;
