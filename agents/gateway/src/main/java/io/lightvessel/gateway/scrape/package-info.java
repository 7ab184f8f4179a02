/** The prometheus receiver: scrapes targets on time and writes what they answer as series. */
@NullMarked
package io.lightvessel.gateway.scrape;

import org.jspecify.annotations.NullMarked;
