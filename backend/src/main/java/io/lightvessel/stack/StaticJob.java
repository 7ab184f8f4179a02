package io.lightvessel.stack;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets with fixed addresses. */
public record StaticJob(
        @Doc("The job's name, which becomes the label job.")
        @NotNull(message = NAME_EXPECTED)
        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.:/-]{0,99}", message = NAME_EXPECTED)
        String name,

        @Doc("The targets as host:port.")
        @NotEmpty(message = "expected: 1 to 1000 targets")
        @Size(max = 1000, message = "expected: 1 to 1000 targets")
        List<
                        @NotNull(message = Expected.HOST_PORT_EXPECTED)
                        @Pattern(regexp = Expected.HOST_PORT, message = Expected.HOST_PORT_EXPECTED) String>
                targets,

        @Doc("Where a target's metrics are; /metrics for metrics unless written.")
        @Pattern(regexp = "/[^\\s?#]{0,200}", message = "expected: a path beginning with /")
        @Nullable
        String path,

        @Doc("Whether targets are spoken to over TLS.") boolean tls) {

    private static final String NAME_EXPECTED = "expected: 1 to 100 letters, digits and _ . : / -";

    public StaticJob {
        targets = targets == null ? List.of() : List.copyOf(targets);
    }
}
