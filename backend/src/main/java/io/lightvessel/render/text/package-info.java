/** Writers of text: always the same way, in the order given. */
@NullMarked
package io.lightvessel.render.text;

import org.jspecify.annotations.NullMarked;
