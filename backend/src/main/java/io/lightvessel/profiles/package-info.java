/** What the profilers of a cluster's nodes saw in the last minutes: asked of the agents when somebody looks. */
@NullMarked
package io.lightvessel.profiles;

import org.jspecify.annotations.NullMarked;
