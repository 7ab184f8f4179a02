/** The debug UI: what this agent does right now, for people with a browser on its machine or with its token. */
@NullMarked
package io.lightvessel.agent.debug;

import org.jspecify.annotations.NullMarked;
