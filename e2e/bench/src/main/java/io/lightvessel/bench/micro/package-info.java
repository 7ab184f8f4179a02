/** Inner loops of the agent, by themselves. */
@NullMarked
package io.lightvessel.bench.micro;

import org.jspecify.annotations.NullMarked;
