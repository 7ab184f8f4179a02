/** The {@code file_storage} extension. */
@NullMarked
package io.lightvessel.pipeline.storage;

import org.jspecify.annotations.NullMarked;
