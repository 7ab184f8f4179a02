/** Labels and texts made of attributes, without objects for each: what Prometheus and Loki have in common. */
@NullMarked
package io.lightvessel.gateway.labels;

import org.jspecify.annotations.NullMarked;
