/** Grafana Alloy's configuration language. */
@NullMarked
package io.lightvessel.render.alloy;

import org.jspecify.annotations.NullMarked;
