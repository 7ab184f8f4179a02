/** Keeps what must stay secret encrypted on disk. */
@NullMarked
@NamedInterface("secrets")
package io.lightvessel.platform.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
