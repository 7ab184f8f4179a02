/** How the agent writes its log. */
@NullMarked
package io.lightvessel.agent.log;

import org.jspecify.annotations.NullMarked;
