/** What an agent keeps on disk: who it is, how it connects, which config it last ran. */
@NullMarked
package io.lightvessel.agent.state;

import org.jspecify.annotations.NullMarked;
