/** The bytes in which replicas talk, read as something a stranger may have written. */
@NullMarked
package io.lightvessel.gateway.cluster.wire;

import org.jspecify.annotations.NullMarked;
