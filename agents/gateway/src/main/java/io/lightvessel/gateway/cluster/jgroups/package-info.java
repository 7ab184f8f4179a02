/** Finding the other replicas and reaching them, by JGroups over TCP. */
@NullMarked
package io.lightvessel.gateway.cluster.jgroups;

import org.jspecify.annotations.NullMarked;
