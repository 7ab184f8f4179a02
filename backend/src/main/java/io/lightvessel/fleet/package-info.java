/** The agents of a tenant: what they report, whether they work and run what they should, and what they are sent. */
@NullMarked
package io.lightvessel.fleet;

import org.jspecify.annotations.NullMarked;
