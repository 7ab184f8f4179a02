package io.lightvessel.gateway.cluster.core;

/**
 * A replica as the others know it.
 *
 * @param name what people call it
 * @param address where the others reach it
 */
public record Member(MemberId id, String name, String address) {

    /** Longer names and addresses than this are refused on the wire. */
    public static final int MAX_TEXT = 256;
}
