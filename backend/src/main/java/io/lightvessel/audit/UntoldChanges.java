package io.lightvessel.audit;

import io.lightvessel.tenancy.Requires;
import java.util.Locale;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sees to it that no change goes unrecorded: when a service's method that changes something ends without having told the audit
 * log what, an entry with its name is written.
 */
final class UntoldChanges implements MethodInterceptor {
    private final ObjectProvider<Audit> audit;

    UntoldChanges(ObjectProvider<Audit> audit) {
        this.audit = audit;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object result = call.proceed();
        Requires required = AnnotatedElementUtils.findMergedAnnotation(call.getMethod(), Requires.class);
        if (required != null
                && required.value().isChange()
                && isWriting()
                && !audit.getObject().isTold()) {
            String action = required.value().name().toLowerCase(Locale.ROOT);
            String method = call.getMethod().getDeclaringClass().getSimpleName() + "."
                    + call.getMethod().getName();
            audit.getObject().changed("other." + action, method, null, Map.of());
        }
        return result;
    }

    private static boolean isWriting() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }
}
