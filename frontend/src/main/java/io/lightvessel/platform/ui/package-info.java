/** What every screen of the console shares: frame, badges, live updates, error messages. */
@NullMarked
package io.lightvessel.platform.ui;

import org.jspecify.annotations.NullMarked;
