/** Sends logs to Loki's push API. */
@NullMarked
package io.lightvessel.gateway.loki;

import org.jspecify.annotations.NullMarked;
