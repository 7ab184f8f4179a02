/** Everything the gateway role brings in and sends out. */
@NullMarked
package io.lightvessel.gateway;

import org.jspecify.annotations.NullMarked;
