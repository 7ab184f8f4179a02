/** The console: the clusters' screens. */
@NullMarked
package io.lightvessel.cluster.ui;

import org.jspecify.annotations.NullMarked;
