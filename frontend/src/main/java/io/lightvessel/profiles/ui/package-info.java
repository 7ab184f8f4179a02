/** The screen of what a cluster's CPUs ran. */
@NullMarked
package io.lightvessel.profiles.ui;

import org.jspecify.annotations.NullMarked;
