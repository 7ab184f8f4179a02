/** What changed the state of a tenant, by whom, in a chain that shows tampering. */
@NullMarked
package io.lightvessel.audit;

import org.jspecify.annotations.NullMarked;
