/** Topology in the REST API. */
@NullMarked
package io.lightvessel.topology.web;

import org.jspecify.annotations.NullMarked;
