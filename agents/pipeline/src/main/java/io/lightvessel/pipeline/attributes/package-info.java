/** Edits of attributes and conditions on records, as the Collector's attributes and resource processors know them. */
@NullMarked
package io.lightvessel.pipeline.attributes;

import org.jspecify.annotations.NullMarked;
