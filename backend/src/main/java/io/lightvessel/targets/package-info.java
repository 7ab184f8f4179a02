/** What the gateways of a cluster scrape and pull, and which of them owns what: asked of the agents when somebody looks. */
@NullMarked
package io.lightvessel.targets;

import org.jspecify.annotations.NullMarked;
