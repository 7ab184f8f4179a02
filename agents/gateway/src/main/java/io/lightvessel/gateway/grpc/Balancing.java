package io.lightvessel.gateway.grpc;

/** How calls are spread over the addresses that a name stands for. */
public enum Balancing {
    /** All calls go to the first address that can be reached. */
    PICK_FIRST,
    /** Calls go to each address in turn. */
    ROUND_ROBIN;

    /** The word as configs spell it. */
    public static Balancing of(String word) {
        return word.equals("pick_first") ? PICK_FIRST : ROUND_ROBIN;
    }
}
