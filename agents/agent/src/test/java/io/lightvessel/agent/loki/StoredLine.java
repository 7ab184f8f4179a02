package io.lightvessel.agent.loki;

import java.util.Map;
import java.util.SortedMap;

/** A line as Loki keeps it: its stream's labels, its time, and what lies beside it. */
record StoredLine(SortedMap<String, String> labels, long nanos, String text, Map<String, String> beside) {}
