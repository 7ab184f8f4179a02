/** Agents in the REST API. */
@NullMarked
package io.lightvessel.fleet.web;

import org.jspecify.annotations.NullMarked;
