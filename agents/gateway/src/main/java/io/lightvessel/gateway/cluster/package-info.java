/** Which replica of the gateway owns which target, and how a target moves from one to another. */
@NullMarked
package io.lightvessel.gateway.cluster;

import org.jspecify.annotations.NullMarked;
