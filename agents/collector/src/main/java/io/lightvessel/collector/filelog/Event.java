package io.lightvessel.collector.filelog;

/** What other threads tell the thread that follows logs. */
sealed interface Event permits Segment.Outcome, ChangeWatch.Notice {}
