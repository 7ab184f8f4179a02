package io.lightvessel.platform.web;

import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * Lets every write on a tenant be tried: with {@code validateOnly=true} it is done with all its checks in a transaction that is
 * rolled back, and answered with what would be there. Operations that have a better answer declare the parameter themselves.
 */
@Component
class ValidateOnly implements WebMvcRegistrations {
    static final String PARAMETER = "validateOnly";
    static final String HEADER = "Validated-Only";

    private static final String TENANTS = "/api/v1/tenants/";
    private static final Set<String> WRITES = Set.of("POST", "PUT", "DELETE");

    private final PlatformTransactionManager transactions;
    private final EntityManager entities;

    ValidateOnly(PlatformTransactionManager transactions, EntityManager entities) {
        this.transactions = transactions;
        this.entities = entities;
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new RequestMappingHandlerAdapter() {
            @Override
            protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
                return isOwn(method) ? super.createInvocableHandlerMethod(method) : new Tried(method);
            }
        };
    }

    /** Whether an operation tries by itself. */
    static boolean isOwn(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestParam.class)
                        && PARAMETER.equals(parameter.getParameter().getName()));
    }

    private final class Tried extends ServletInvocableHandlerMethod {
        Tried(HandlerMethod method) {
            super(method);
        }

        @Override
        public @Nullable Object invokeForRequest(
                NativeWebRequest request, @Nullable ModelAndViewContainer container, @Nullable Object... provided)
                throws Exception {
            if (!isTried(request)) {
                return super.invokeForRequest(request, container, provided);
            }
            TransactionStatus transaction = transactions.getTransaction(null);
            try {
                Object result = super.invokeForRequest(request, container, provided);
                entities.flush();
                return answer(result);
            } finally {
                transactions.rollback(transaction);
            }
        }
    }

    private static boolean isTried(NativeWebRequest request) {
        return request instanceof ServletWebRequest servlet
                && servlet.getRequest().getRequestURI().startsWith(TENANTS)
                && WRITES.contains(servlet.getRequest().getMethod())
                && "true".equals(servlet.getRequest().getParameter(PARAMETER));
    }

    /** Nothing was created, so nothing is where the answer would say. */
    private static ResponseEntity<?> answer(@Nullable Object result) {
        if (!(result instanceof ResponseEntity<?> would)) {
            return ResponseEntity.ok().header(HEADER, "true").body(result);
        }
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(would.getHeaders());
        headers.remove(HttpHeaders.LOCATION);
        headers.remove(HttpHeaders.ETAG);
        headers.set(HEADER, "true");
        boolean created = would.getStatusCode().isSameCodeAs(HttpStatus.CREATED);
        return new ResponseEntity<>(would.getBody(), headers, created ? HttpStatus.OK : would.getStatusCode());
    }
}
