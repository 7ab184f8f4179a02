/** Turns a stack into the files that make it so: a pure function, same input, same bytes. */
@NullMarked
package io.lightvessel.render;

import org.jspecify.annotations.NullMarked;
