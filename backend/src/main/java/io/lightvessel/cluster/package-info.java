/** The clusters of a tenant. */
@NullMarked
package io.lightvessel.cluster;

import org.jspecify.annotations.NullMarked;
