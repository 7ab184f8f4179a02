package io.lightvessel.stack;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What programs in the cluster are instrumented with, unless they say otherwise. */
public record Instrumentation(
        @Doc("Whether programs are instrumented by the OpenTelemetry operator.")
        boolean enabled,

        @Doc("Languages whose programs are instrumented.") @NotNull(message = Expected.LIST)
        List<@NotNull(message = "expected: a language") Language> languages,

        @Doc("How a trace's context travels between programs.") @NotNull(message = Expected.LIST)
        List<@NotNull(message = "expected: a propagator") Propagator> propagators,

        @Doc("Where programs send OTLP; the gateway's Service unless written.")
        @Pattern(regexp = Expected.HTTP_URL, message = Expected.HTTP_URL_EXPECTED)
        @Nullable
        String exporterEndpoint) {

    public Instrumentation {
        languages = languages == null
                ? List.of()
                : languages.stream().distinct().sorted().toList();
        propagators = propagators == null
                ? List.of()
                : propagators.stream().distinct().sorted().toList();
    }

    static Instrumentation defaults() {
        return new Instrumentation(
                false,
                List.of(Language.JAVA, Language.NODEJS, Language.PYTHON, Language.DOTNET),
                List.of(Propagator.TRACECONTEXT, Propagator.BAGGAGE),
                null);
    }

    /** Languages the OpenTelemetry operator can instrument. */
    public enum Language {
        JAVA,
        NODEJS,
        PYTHON,
        DOTNET,
        GO,
        APACHE_HTTPD,
        NGINX
    }

    /** Formats of a trace's context. */
    public enum Propagator {
        TRACECONTEXT,
        BAGGAGE,
        B3,
        B3MULTI,
        JAEGER,
        XRAY,
        OTTRACE
    }
}
