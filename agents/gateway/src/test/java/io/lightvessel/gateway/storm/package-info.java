@NullMarked
package io.lightvessel.gateway.storm;

import org.jspecify.annotations.NullMarked;
