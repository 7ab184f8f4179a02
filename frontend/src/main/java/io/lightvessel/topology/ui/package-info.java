/** The console's topology screen. */
@NullMarked
package io.lightvessel.topology.ui;

import org.jspecify.annotations.NullMarked;
