/** What gRPC adds to HTTP/2: statuses, details, timeouts, message framing. */
@NullMarked
package io.lightvessel.gateway.grpc;

import org.jspecify.annotations.NullMarked;
