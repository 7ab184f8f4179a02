/** An OpenID provider inside the process, for one machine. */
@NullMarked
package io.lightvessel.access.embedded;

import org.jspecify.annotations.NullMarked;
