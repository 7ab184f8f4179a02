/** Telemetry as people read it: single records out of payloads, and filters over them. Never on the data path. */
@NullMarked
package io.lightvessel.gateway.tail;

import org.jspecify.annotations.NullMarked;
