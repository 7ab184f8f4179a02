/** The load: requests ready to be sent, who sends them, and the backend that counts what arrives. */
@NullMarked
package io.lightvessel.bench.load;

import org.jspecify.annotations.NullMarked;
