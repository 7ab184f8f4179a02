/** The API of targets. */
@NullMarked
package io.lightvessel.targets.web;

import org.jspecify.annotations.NullMarked;
