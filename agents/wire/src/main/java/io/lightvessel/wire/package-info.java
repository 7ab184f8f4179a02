/** What control plane and agents say to each other. */
@NullMarked
package io.lightvessel.wire;

import org.jspecify.annotations.NullMarked;
