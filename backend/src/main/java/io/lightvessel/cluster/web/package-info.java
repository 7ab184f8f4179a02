/** Clusters in the REST API. */
@NullMarked
package io.lightvessel.cluster.web;

import org.jspecify.annotations.NullMarked;
