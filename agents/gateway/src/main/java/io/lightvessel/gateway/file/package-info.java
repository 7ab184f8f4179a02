/** The file exporter: telemetry in files on this machine. */
@NullMarked
package io.lightvessel.gateway.file;

import org.jspecify.annotations.NullMarked;
