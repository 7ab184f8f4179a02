/** The console: the stack editor. */
@NullMarked
package io.lightvessel.stack.ui;

import org.jspecify.annotations.NullMarked;
