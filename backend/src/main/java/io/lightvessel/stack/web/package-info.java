/** Stacks in the REST API. */
@NullMarked
package io.lightvessel.stack.web;

import org.jspecify.annotations.NullMarked;
