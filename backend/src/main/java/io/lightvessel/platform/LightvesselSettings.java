package io.lightvessel.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the whole control plane is told about the machine it runs on. */
@ConfigurationProperties("lightvessel")
public record LightvesselSettings(
        @DefaultValue(".lightvessel/data") Path dataDir,
        @DefaultValue Embedded embedded) {

    public LightvesselSettings {
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** Where private keys lie. */
    public Path keys() {
        return dataDir.resolve("keys");
    }

    /** The single-machine mode: PostgreSQL and the OpenID provider inside this process. */
    public record Embedded(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("demo") String tenant,
            @DefaultValue("demo") String user) {}
}
