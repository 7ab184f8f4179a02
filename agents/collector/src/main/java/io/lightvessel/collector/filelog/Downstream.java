package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Consumer;
import java.util.Queue;

/** Where stretches of logs go, the memory they take, and where their fate is told. */
record Downstream(ByteBudget budget, Consumer target, Queue<Event> outcomes) {}
