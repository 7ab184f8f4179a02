/** Writes the demo's container logs as a kubelet's runtime would, so that a collector has real pod logs to tail. */
@NullMarked
package io.lightvessel.local.pods;

import org.jspecify.annotations.NullMarked;
