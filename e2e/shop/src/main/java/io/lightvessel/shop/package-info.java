/** A shop small enough to read in five minutes, there to produce real telemetry. */
@NullMarked
package io.lightvessel.shop;

import org.jspecify.annotations.NullMarked;
