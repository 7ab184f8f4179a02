/** What the demo tenant starts with. */
@NullMarked
package io.lightvessel.demo;

import org.jspecify.annotations.NullMarked;
