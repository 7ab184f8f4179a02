/** Runs an agent beside a load and says what it cost. */
@NullMarked
package io.lightvessel.bench;

import org.jspecify.annotations.NullMarked;
