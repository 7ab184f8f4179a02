/** Addresses of other programs' pages about a cluster or an agent. */
@NullMarked
package io.lightvessel.links;

import org.jspecify.annotations.NullMarked;
