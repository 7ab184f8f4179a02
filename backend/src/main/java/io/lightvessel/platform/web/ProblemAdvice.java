package io.lightvessel.platform.web;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever handling a request throws into a problem. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> expected(LightvesselException e) {
        return answer(Problem.of(e));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
        BodyTooLarge tooLarge = BodyTooLarge.within(e);
        if (tooLarge != null) {
            return answer(Problem.of(PlatformError.BODY_TOO_LARGE, tooLarge.sentence(), List.of()));
        }
        return answer(
                Problem.of(PlatformError.MALFORMED_REQUEST, UnreadableBody.sentence(e), UnreadableBody.fields(e)));
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongType(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        String expected = type == null ? "another type" : type.getSimpleName().toLowerCase(Locale.ROOT);
        String detail = "%s: %s (expected: %s)".formatted(e.getName(), e.getValue(), expected);
        return answer(Problem.of(
                PlatformError.MALFORMED_REQUEST,
                detail,
                List.of(new FieldError("?" + e.getName(), "invalid_parameter", detail))));
    }

    /** Everything else: Spring's own exceptions know their status, the rest is a failure of ours. */
    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known && !known.getStatusCode().is5xxServerError()) {
            HttpStatusCode status = known.getStatusCode();
            String title = String.valueOf(known.getBody().getTitle());
            String code = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
            String detail = known.getBody().getDetail();
            Problem problem = Problem.of(status.value(), code, title, detail == null ? title : detail, List.of());
            return ResponseEntity.status(status)
                    .headers(known.getHeaders())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(problem);
        }
        Problem problem = Problem.of(
                PlatformError.INTERNAL,
                "The request failed because of an error in the control plane; its log has the cause under this instance.",
                List.of());
        log.error("{} {} {}: failed", problem.instance(), request.getMethod(), request.getRequestURI(), e);
        return answer(problem);
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
