package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Outlet;
import java.util.Queue;

/** Where stretches of logs go, the memory they take, and where their fate is told. */
record Downstream(ByteBudget budget, Outlet target, Queue<Event> outcomes) {}
