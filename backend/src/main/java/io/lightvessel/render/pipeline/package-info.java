/** The one model of what a role does, from which every target is written. */
@NullMarked
package io.lightvessel.render.pipeline;

import org.jspecify.annotations.NullMarked;
