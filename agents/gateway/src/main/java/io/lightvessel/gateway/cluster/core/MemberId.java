package io.lightvessel.gateway.cluster.core;

/** One life of one replica: a process that restarts has another. */
public record MemberId(long high, long low) implements Comparable<MemberId> {

    /** Where targets go that no replica knows any more. */
    public static final MemberId NOBODY = new MemberId(0, 0);

    @Override
    public int compareTo(MemberId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
