/** The small languages inside the settings of log operators, read by agent and control plane alike. */
@NullMarked
package io.lightvessel.config.operators;

import org.jspecify.annotations.NullMarked;
