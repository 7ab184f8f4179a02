package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.Result;
import java.util.Set;

/** A processor that decides by what it need not read, so it takes every form. */
record Passing(Consumer step) implements Processor {

    @Override
    public Set<PayloadForm> forms() {
        return PayloadForm.ALL;
    }

    @Override
    public void accept(Payload payload, Result result) {
        step.accept(payload, result);
    }
}
