/** Rendering in the REST API. */
@NullMarked
package io.lightvessel.render.web;

import org.jspecify.annotations.NullMarked;
