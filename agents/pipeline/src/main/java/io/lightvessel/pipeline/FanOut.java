package io.lightvessel.pipeline;

import java.util.List;

/** Hands the same payload to several consumers; accepted when all of them have accepted. */
final class FanOut implements Consumer {

    private final Consumer[] branches;

    private FanOut(List<? extends Consumer> branches) {
        this.branches = branches.toArray(Consumer[]::new);
    }

    static Consumer of(List<? extends Consumer> branches) {
        return branches.size() == 1 ? branches.getFirst() : new FanOut(branches);
    }

    @Override
    public void accept(Payload payload, Result result) {
        JoinedResult joined = new JoinedResult(result, branches.length);
        payload.retain(branches.length - 1);
        for (Consumer branch : branches) {
            branch.accept(payload, joined);
        }
    }
}
