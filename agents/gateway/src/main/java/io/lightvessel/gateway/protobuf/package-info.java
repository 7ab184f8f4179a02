/** Reading and writing protobuf wire format without generated classes. */
@NullMarked
package io.lightvessel.gateway.protobuf;

import org.jspecify.annotations.NullMarked;
