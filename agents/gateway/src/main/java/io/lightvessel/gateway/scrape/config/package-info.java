/** The prometheus receiver's settings as records, with what jobs take from {@code global} filled in. */
@NullMarked
package io.lightvessel.gateway.scrape.config;

import org.jspecify.annotations.NullMarked;
