package io.lightvessel.gateway.net;

/** Says that a body would take more memory than the agent's budget has left. */
public final class BudgetSpent extends Exception {
    private static final long serialVersionUID = 1L;

    private final long needed;

    public BudgetSpent(long needed) {
        super("the byte budget is spent", null, false, false);
        this.needed = needed;
    }

    /** What the body would have taken in all; it may be more than there is even when nothing else is held. */
    public long needed() {
        return needed;
    }
}
