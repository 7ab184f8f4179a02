package io.lightvessel.conformance.cases;

/**
 * What a case saw, each part on one line.
 *
 * @param came the answer and what was wrong with it; the reason when the case was skipped
 */
public record Result(Verdict verdict, String sent, String expected, String came) {

    static Result skip(String sent, String expected, String reason) {
        return new Result(Verdict.SKIP, sent, expected, reason);
    }

    static Result of(boolean passed, String sent, String expected, String came) {
        return new Result(passed ? Verdict.PASS : Verdict.FAIL, sent, expected, came);
    }
}
