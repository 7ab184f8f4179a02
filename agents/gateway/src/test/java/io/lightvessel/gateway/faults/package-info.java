@NullMarked
package io.lightvessel.gateway.faults;

import org.jspecify.annotations.NullMarked;
