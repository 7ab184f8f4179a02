package io.lightvessel.tenancy;

import io.lightvessel.platform.LightvesselException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Lets a call through when the actor in scope may do what the method {@link Requires}. */
public final class RoleGuard implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Requires required = AnnotatedElementUtils.findMergedAnnotation(call.getMethod(), Requires.class);
        if (required == null) {
            throw new IllegalStateException(call.getMethod() + ": no @Requires (expected: one)");
        }
        require(required.value());
        return call.proceed();
    }

    /** Refuses what the actor in scope may not do. */
    public static void require(Permission permission) {
        Actor actor = TenantScope.actor();
        if (!actor.may(permission)) {
            throw refused(actor, permission.reason());
        }
    }

    /** Refuses to hand out or touch a role above the actor's own. */
    public static void requireAtLeast(Role role, String what) {
        Actor actor = TenantScope.actor();
        if (actor.role() == null || !actor.role().includes(role)) {
            throw refused(actor, "%s needs the role %s.".formatted(what, role.word()));
        }
    }

    private static LightvesselException refused(Actor actor, String reason) {
        String has =
                actor.role() == null ? "no role" : "the role " + actor.role().word();
        return new LightvesselException(
                TenancyError.ROLE_MISSING, "%s %s has %s in this tenant.".formatted(reason, actor.name(), has));
    }
}
