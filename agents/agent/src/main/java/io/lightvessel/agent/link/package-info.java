/** The connection to the control plane: OpAMP, enrolment, remote configs. */
@NullMarked
package io.lightvessel.agent.link;

import org.jspecify.annotations.NullMarked;
