/** How many gateway replicas a cluster may have and has. */
@NullMarked
package io.lightvessel.scaling;

import org.jspecify.annotations.NullMarked;
