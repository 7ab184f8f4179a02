/** An HTTP/1.1 client on the event loops that all network components share. */
@NullMarked
package io.lightvessel.gateway.net.http;

import org.jspecify.annotations.NullMarked;
