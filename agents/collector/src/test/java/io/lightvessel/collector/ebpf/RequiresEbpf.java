package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.SampleSources;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where the product's own probe finds that it cannot profile here, with what it says; not where
 * {@code -Dlightvessel.ebpf.required=true} or {@code LIGHTVESSEL_REQUIRE_EBPF=1} says that it must be possible.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresEbpf.Probe.class)
public @interface RequiresEbpf {

    /** Asks the product. */
    final class Probe implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String refusal = refusal();
            if (refusal.isEmpty()) {
                return ConditionEvaluationResult.enabled("the kernel's own program can be loaded");
            }
            return isRequired()
                    ? ConditionEvaluationResult.enabled("required, although: " + refusal)
                    : ConditionEvaluationResult.disabled(refusal);
        }

        static boolean isRequired() {
            return Boolean.getBoolean("lightvessel.ebpf.required")
                    || "1".equals(System.getenv("LIGHTVESSEL_REQUIRE_EBPF"));
        }

        private static String refusal() {
            return switch (SampleSources.open(97)) {
                case SampleSources.Opened.Off off -> off.message();
                case SampleSources.Opened.Running running -> {
                    running.source().close();
                    yield running.source().name().equals("bpf") ? "" : running.message();
                }
            };
        }
    }
}
