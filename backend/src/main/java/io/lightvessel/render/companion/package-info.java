/** What goes with the agents: objects of the cluster, settings of the backends. */
@NullMarked
package io.lightvessel.render.companion;

import org.jspecify.annotations.NullMarked;
