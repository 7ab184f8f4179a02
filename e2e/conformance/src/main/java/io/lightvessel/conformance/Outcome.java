package io.lightvessel.conformance;

import io.lightvessel.conformance.cases.Case;
import io.lightvessel.conformance.cases.Level;
import io.lightvessel.conformance.cases.Result;
import io.lightvessel.conformance.cases.Verdict;

/** A case that has run. */
record Outcome(Case asked, Result result) {

    boolean is(Level level, Verdict verdict) {
        return asked.level() == level && result.verdict() == verdict;
    }
}
