/** Targets that the Kubernetes API knows of, found through informers that are shared between jobs. */
@NullMarked
package io.lightvessel.gateway.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
