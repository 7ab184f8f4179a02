/** What is done with each line: parsing, times, severities, redaction, written straight to wire bytes. */
@NullMarked
package io.lightvessel.collector.filelog.operator;

import org.jspecify.annotations.NullMarked;
