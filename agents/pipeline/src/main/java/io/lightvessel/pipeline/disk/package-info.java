/** A queue on disk: records appended to segments, read back in order, gone when acknowledged. Knows bytes, not pipelines. */
@NullMarked
package io.lightvessel.pipeline.disk;

import org.jspecify.annotations.NullMarked;
