/** Where targets come from: files, static lists, the Kubernetes API. */
@NullMarked
package io.lightvessel.gateway.discovery;

import org.jspecify.annotations.NullMarked;
