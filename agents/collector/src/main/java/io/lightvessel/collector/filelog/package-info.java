/** Follows log files, those of containers above all, and sends their lines on without losing any. */
@NullMarked
package io.lightvessel.collector.filelog;

import org.jspecify.annotations.NullMarked;
