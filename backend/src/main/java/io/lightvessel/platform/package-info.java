/** The few things every feature shares: errors, paging, settings, files that hold secrets. */
@NullMarked
package io.lightvessel.platform;

import org.jspecify.annotations.NullMarked;
