/** OTLP's JSON encoding, turned into wire bytes while it is read. */
@NullMarked
package io.lightvessel.gateway.otlp.json;

import org.jspecify.annotations.NullMarked;
