/** What a job makes of discovered targets: labels after relabelling, limits, and which of them this replica owns. */
@NullMarked
package io.lightvessel.gateway.targets;

import org.jspecify.annotations.NullMarked;
