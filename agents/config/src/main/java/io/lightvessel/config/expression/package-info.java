/** Conditions on log records, in the part of the Collector's expression language that operators are written in. */
@NullMarked
package io.lightvessel.config.expression;

import org.jspecify.annotations.NullMarked;
