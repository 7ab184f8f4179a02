/** The conformance suite's command line and reports. */
@NullMarked
package io.lightvessel.conformance;

import org.jspecify.annotations.NullMarked;
