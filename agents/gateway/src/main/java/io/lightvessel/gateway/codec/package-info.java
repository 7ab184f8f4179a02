/** Compression formats of our own, for buffers of the pipeline: deflate with its gzip and zlib containers. */
@NullMarked
package io.lightvessel.gateway.codec;

import org.jspecify.annotations.NullMarked;
