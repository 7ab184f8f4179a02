package io.lightvessel.gateway.net;

/** Says that unpacking a body would take more memory than the agent's budget has left. */
public final class BudgetSpent extends Exception {
    private static final long serialVersionUID = 1L;

    public BudgetSpent() {
        super("the byte budget is spent", null, false, false);
    }
}
