/** The OpAMP server's two transports; what is said over them is the business of {@code fleet}. */
@NullMarked
package io.lightvessel.fleet.opamp;

import org.jspecify.annotations.NullMarked;
