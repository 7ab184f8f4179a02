/** The console: the agents' screens. */
@NullMarked
package io.lightvessel.fleet.ui;

import org.jspecify.annotations.NullMarked;
