/** Prometheus' relabelling: rules that keep, drop and change labels of targets and series. */
@NullMarked
package io.lightvessel.gateway.relabel;

import org.jspecify.annotations.NullMarked;
