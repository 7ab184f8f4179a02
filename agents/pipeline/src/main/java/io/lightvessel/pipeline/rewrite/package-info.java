/**
 * Edits requests without decoding them: a {@link io.lightvessel.pipeline.rewrite.Rewriter} walks the wire bytes, shows a
 * visitor what it asked for, and copies all else in large runs.
 */
@NullMarked
package io.lightvessel.pipeline.rewrite;

import org.jspecify.annotations.NullMarked;
