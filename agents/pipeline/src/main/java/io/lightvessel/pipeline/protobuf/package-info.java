/** Reading and writing protobuf wire format without generated classes. */
@NullMarked
package io.lightvessel.pipeline.protobuf;

import org.jspecify.annotations.NullMarked;
