/** Feeds parsers of foreign bytes with inputs nobody would write; for tests only. */
@NullMarked
package io.lightvessel.fuzz;

import org.jspecify.annotations.NullMarked;
