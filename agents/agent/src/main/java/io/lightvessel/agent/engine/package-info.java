/** The engine of this process: which components it has, how configs reach it, what it reports in OpAMP's terms. */
@NullMarked
package io.lightvessel.agent.engine;

import org.jspecify.annotations.NullMarked;
