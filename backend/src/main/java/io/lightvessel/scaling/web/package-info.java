/** Scaling in the REST API. */
@NullMarked
package io.lightvessel.scaling.web;

import org.jspecify.annotations.NullMarked;
