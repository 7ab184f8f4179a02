/** What is asked of an OTLP receiver, case by case. */
@NullMarked
package io.lightvessel.conformance.cases;

import org.jspecify.annotations.NullMarked;
