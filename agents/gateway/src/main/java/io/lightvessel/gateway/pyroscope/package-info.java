/** The {@code pyroscope} exporter: profiles to Pyroscope's push API. */
@NullMarked
package io.lightvessel.gateway.pyroscope;

import org.jspecify.annotations.NullMarked;
