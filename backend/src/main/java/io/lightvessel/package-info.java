/** The control plane and its console; one sub-package per feature. */
@NullMarked
package io.lightvessel;

import org.jspecify.annotations.NullMarked;
