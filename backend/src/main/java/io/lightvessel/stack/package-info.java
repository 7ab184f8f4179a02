/** The declared telemetry stack of a cluster and its immutable revisions. */
@NullMarked
package io.lightvessel.stack;

import org.jspecify.annotations.NullMarked;
