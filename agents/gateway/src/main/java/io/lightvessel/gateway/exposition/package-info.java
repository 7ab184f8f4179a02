/** What targets answer to a scrape, in each of Prometheus' formats, read without an object per sample. */
@NullMarked
package io.lightvessel.gateway.exposition;

import org.jspecify.annotations.NullMarked;
