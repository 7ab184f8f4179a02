/** PostgreSQL inside the process, for one machine. */
@NullMarked
package io.lightvessel.platform.postgres;

import org.jspecify.annotations.NullMarked;
