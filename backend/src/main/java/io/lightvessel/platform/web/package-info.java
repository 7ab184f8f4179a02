/** How errors, pages and versions look on the wire. */
@NullMarked
@NamedInterface("web")
package io.lightvessel.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
