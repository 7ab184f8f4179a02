package io.lightvessel.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** A file with the token that opens the operators' API; the embedded mode makes one in its data directory. */
@ConfigurationProperties("lightvessel.operator")
record OperatorSettings(@Nullable Path tokenFile) {}
