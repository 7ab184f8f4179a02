/** How errors, pages and versions look on the wire. */
@NullMarked
package io.lightvessel.platform.web;

import org.jspecify.annotations.NullMarked;
