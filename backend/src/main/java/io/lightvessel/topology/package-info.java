/** What flows where: the graph of a cluster's telemetry, laid out on the server. */
@NullMarked
package io.lightvessel.topology;

import org.jspecify.annotations.NullMarked;
