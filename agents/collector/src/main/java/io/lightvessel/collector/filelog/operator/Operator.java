package io.lightvessel.collector.filelog.operator;

/** Changes an entry; what it cannot read it leaves as it is. Belongs to one thread. */
interface Operator {

    /** False when the entry is not what the operator expects. */
    boolean apply(Entry entry);
}
