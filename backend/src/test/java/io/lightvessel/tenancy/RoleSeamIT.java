package io.lightvessel.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Service;

/** No service can be reached around its role: every public method of every one either asks for it or says why not. */
@ControlPlaneTest
class RoleSeamIT {
    @Autowired
    private ApplicationContext context;

    @Autowired
    private TestTenants tenants;

    private record Guarded(Object service, Method method, Permission permission) {}

    @Test
    void everyPublicMethodOfAServiceDeclaresItsRole() {
        List<String> undeclared = context.getBeansWithAnnotation(Service.class).values().stream()
                .flatMap(service -> methods(service)
                        .filter(method -> required(method) == null && !isUnguarded(service, method))
                        .map(method -> AopUtils.getTargetClass(service).getSimpleName() + "." + method.getName()))
                .toList();

        assertThat(undeclared)
                .as("public methods of services with neither @Requires nor @Unguarded")
                .isEmpty();
    }

    @Test
    void everyGuardedMethodRefusesEveryLesserRoleWhateverItIsGiven() {
        Tenant tenant = tenants.create().tenant();
        List<Guarded> guarded = guarded();
        assertThat(guarded).hasSizeGreaterThan(40);
        for (Guarded one : guarded) {
            for (Role role : Role.values()) {
                if (!role.includes(one.permission().role())) {
                    assertThat(call(tenant, Actor.user("eve", role), one))
                            .as("%s as %s", one.method(), role)
                            .isInstanceOfSatisfying(
                                    LightvesselException.class,
                                    e -> assertThat(e.error()).isEqualTo(TenancyError.ROLE_MISSING));
                }
            }
            assertThat(call(tenant, Actor.operator("olga"), one))
                    .as("%s as operator", one.method())
                    .isInstanceOfSatisfying(
                            LightvesselException.class,
                            e -> assertThat(e)
                                    .hasMessage(
                                            one.permission().reason() + " operator:olga has no role in this tenant."));
        }
    }

    private static @Nullable Throwable call(Tenant tenant, Actor actor, Guarded one) {
        Object[] nothing = Arrays.stream(one.method().getParameterTypes())
                .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                .toArray();
        return TenantScope.call(tenant.id(), actor, () -> {
            Throwable thrown = catchThrowable(() -> one.method().invoke(one.service(), nothing));
            return thrown instanceof InvocationTargetException inner ? inner.getCause() : thrown;
        });
    }

    private List<Guarded> guarded() {
        List<Guarded> found = new ArrayList<>();
        context.getBeansWithAnnotation(Service.class)
                .values()
                .forEach(service -> methods(service).forEach(method -> {
                    Requires required = required(method);
                    if (required != null) {
                        found.add(new Guarded(service, method, required.value()));
                    }
                }));
        return found;
    }

    private static Stream<Method> methods(Object service) {
        Class<?> type = AopUtils.getTargetClass(service);
        if (!type.getPackageName().startsWith("io.lightvessel")) {
            return Stream.empty();
        }
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static @Nullable Requires required(Method method) {
        return AnnotatedElementUtils.findMergedAnnotation(method, Requires.class);
    }

    private static boolean isUnguarded(Object service, Method method) {
        return method.isAnnotationPresent(Unguarded.class)
                || AopUtils.getTargetClass(service).isAnnotationPresent(Unguarded.class);
    }
}
