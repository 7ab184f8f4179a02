/** How targets and their discoveries are asked over HTTP: Prometheus' client settings. */
@NullMarked
package io.lightvessel.gateway.httpclient;

import org.jspecify.annotations.NullMarked;
