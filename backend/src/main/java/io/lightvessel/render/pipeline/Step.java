package io.lightvessel.render.pipeline;

import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is done to records on their way. */
public sealed interface Step {

    /** Refuses records while memory is short. */
    record LimitMemory(Processors.MemoryLimiter limit) implements Step {}

    /** Sets attributes of the resource, whatever they were. */
    record SetAttributes(String path, SortedMap<String, String> attributes) implements Step {
        public SetAttributes {
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }
    }

    /** Changes attributes of records, one action after the other. */
    record ChangeAttributes(List<Processors.AttributeAction> actions) implements Step {
        public ChangeAttributes {
            actions = List.copyOf(actions);
        }
    }

    /** Runs OTTL statements over records. */
    record Transform(Processors.Ottl statements) implements Step {}

    /** Drops records for which an OTTL condition holds. */
    record DropIf(Processors.Ottl conditions) implements Step {}

    /** Masks values. */
    record Redact(Processors.Redaction redaction) implements Step {}

    /** Keeps a share of traces, by their ids alone. */
    record SampleShare(double percent) implements Step {}

    /** Keeps whole traces for which there is a reason. */
    record SampleTail(Sampling.Tail tail) implements Step {}

    /** Gathers records and sends them on together. */
    record Batch(String timeout, int size, int maxSize) implements Step {}
}
