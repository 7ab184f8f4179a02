/** The agent program: command line, modes of running, own endpoints. */
@NullMarked
package io.lightvessel.agent;

import org.jspecify.annotations.NullMarked;
