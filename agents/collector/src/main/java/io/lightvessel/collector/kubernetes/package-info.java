/** What the API server knows of this node's pods. */
@NullMarked
package io.lightvessel.collector.kubernetes;

import org.jspecify.annotations.NullMarked;
