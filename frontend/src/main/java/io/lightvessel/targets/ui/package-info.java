/** The screen of what a cluster's gateways scrape. */
@NullMarked
package io.lightvessel.targets.ui;

import org.jspecify.annotations.NullMarked;
