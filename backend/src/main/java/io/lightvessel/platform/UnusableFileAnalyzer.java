package io.lightvessel.platform;

import java.io.UncheckedIOException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one sentence which file could not be used at start, a full disk being the usual reason. */
class UnusableFileAnalyzer extends AbstractFailureAnalyzer<UncheckedIOException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UncheckedIOException cause) {
        return new FailureAnalysis(
                "The control plane %s: %s.".formatted(cause.getMessage(), rootFailure.getMessage()), null, cause);
    }
}
