/** Runs the whole product on one machine: starts its processes, watches them and stops them again. */
@NullMarked
package io.lightvessel.local;

import org.jspecify.annotations.NullMarked;
