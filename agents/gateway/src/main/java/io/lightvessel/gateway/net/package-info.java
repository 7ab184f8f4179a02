/** Event loops, addresses, compression and clients that receivers and exporters share. */
@NullMarked
package io.lightvessel.gateway.net;

import org.jspecify.annotations.NullMarked;
