/** Remote write's write-ahead log through kills, restarts and outages. */
@NullMarked
package io.lightvessel.gateway.wal;

import org.jspecify.annotations.NullMarked;
