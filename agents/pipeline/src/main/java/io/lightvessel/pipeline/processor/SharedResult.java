package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.util.List;

/** Tells all whose payloads were merged what became of the merged one. */
record SharedResult(List<Result> results) implements Result {

    @Override
    public void accepted() {
        results.forEach(Result::accepted);
    }

    @Override
    public void refused(Refusal refusal) {
        results.forEach(result -> result.refused(refusal));
    }
}
