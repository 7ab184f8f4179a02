package io.lightvessel.platform.web;

import io.lightvessel.platform.PlatformError;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Answers below {@code /api} where no controller does; otherwise the console's start page would. */
@Configuration(proxyBeanMethods = false)
class UnknownApiPaths {
    /** After the controllers, whose mapping also knows a wrong method from a wrong path, and before the console. */
    private static final int AFTER_CONTROLLERS = 10;

    @Bean
    SimpleUrlHandlerMapping unknownApiPathMapping(ProblemWriter problems) {
        HttpRequestHandler notFound = (request, response) -> problems.write(
                response,
                Problem.of(
                        PlatformError.NOT_FOUND,
                        "path: " + request.getRequestURI() + " (expected: one that /v3/api-docs lists)",
                        List.of()));
        return new SimpleUrlHandlerMapping(Map.of("/api/**", notFound), AFTER_CONTROLLERS);
    }
}
