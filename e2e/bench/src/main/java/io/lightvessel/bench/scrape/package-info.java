/** What {@code bench scrape} does: targets that change like real ones, a backend that counts, and the figures. */
@NullMarked
package io.lightvessel.bench.scrape;

import org.jspecify.annotations.NullMarked;
