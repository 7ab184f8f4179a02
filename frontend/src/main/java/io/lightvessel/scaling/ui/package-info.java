/** The console: the scaling screen. */
@NullMarked
package io.lightvessel.scaling.ui;

import org.jspecify.annotations.NullMarked;
