package io.lightvessel.conformance.cases;

import org.jspecify.annotations.Nullable;

/**
 * What an answer has to be.
 *
 * @param words the same for people
 */
record Expectation<A>(String words, Objection<A> objection) {

    /** What is wrong with an answer; null when nothing is. */
    @FunctionalInterface
    interface Objection<A> {

        @Nullable
        String to(A answer);
    }

    Expectation<A> and(Expectation<A> other) {
        return new Expectation<>(words + ", " + other.words, answer -> {
            String first = objection.to(answer);
            return first != null ? first : other.objection.to(answer);
        });
    }

    Result judge(String sent, A answer, String shown) {
        String wrong = objection.to(answer);
        return wrong == null
                ? new Result(Verdict.PASS, sent, words, shown)
                : new Result(Verdict.FAIL, sent, words, wrong.isEmpty() ? shown : shown + ": " + wrong);
    }
}
