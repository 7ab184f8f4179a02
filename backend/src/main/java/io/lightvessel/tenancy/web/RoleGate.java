package io.lightvessel.tenancy.web;

import io.lightvessel.platform.web.Api;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.RoleGuard;
import io.swagger.v3.oas.models.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Asks for an operation's role before its body is read, and says in the API's description which one that is. An operation on a
 * tenant that declares none is not served.
 */
@Component
class RoleGate implements WebMvcConfigurer, HandlerInterceptor, GlobalOperationCustomizer {
    static final String EXTENSION = "x-required-role";
    private static final String OPERATOR = "/api/v1/operator/";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/tenants/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod operation) {
            Requires required = required(operation);
            if (required == null) {
                throw new IllegalStateException(operation + ": no @Requires (expected: one)");
            }
            RoleGuard.require(required.value());
        }
        return true;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Requires required = required(method);
        Api api = method.getBeanType().getAnnotation(Api.class);
        if (required != null) {
            operation.addExtension(EXTENSION, required.value().role().name());
        } else if (api != null && api.value().startsWith(OPERATOR)) {
            operation.addExtension(EXTENSION, "OPERATOR");
        }
        return operation;
    }

    private static @Nullable Requires required(HandlerMethod operation) {
        return operation.getMethodAnnotation(Requires.class);
    }
}
