/** The components that the collector role adds to an agent. */
@NullMarked
package io.lightvessel.collector;

import org.jspecify.annotations.NullMarked;
