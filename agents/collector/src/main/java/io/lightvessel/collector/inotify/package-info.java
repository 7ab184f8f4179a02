/** The kernel's notices about changed files, without a thread for each directory. */
@NullMarked
package io.lightvessel.collector.inotify;

import org.jspecify.annotations.NullMarked;
