/** API tokens in the REST API, and the filter that asks for them. */
@NullMarked
package io.lightvessel.access.web;

import org.jspecify.annotations.NullMarked;
