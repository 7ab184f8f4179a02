/** The console: the first screen. */
@NullMarked
package io.lightvessel.home.ui;

import org.jspecify.annotations.NullMarked;
