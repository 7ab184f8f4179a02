/**
 * The components this version knows: one file for each, holding its keys, their defaults and meanings, and the rules
 * that concern several keys. {@link io.lightvessel.config.schema.Components} lists them.
 */
@NullMarked
package io.lightvessel.config.schema;

import org.jspecify.annotations.NullMarked;
