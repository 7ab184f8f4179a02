package io.lightvessel.access.web;

import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.secrets.SealedFiles;
import io.lightvessel.platform.web.Api;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PostMapping;

@Api("/api/v1/operator/secrets:rotate")
@Tag(name = "Operator")
class SecretsController {
    private final SealedFiles files;
    private final LightvesselSettings settings;

    SecretsController(SealedFiles files, LightvesselSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /** The id of the key that seals from now on, and how many files it sealed. */
    record RotationBody(String key, int files) {}

    @PostMapping
    @Operation(
            summary = "Change the key that seals what the control plane keeps",
            description = "409 when the keys come from the environment, where they are changed instead.",
            operationId = "operatorRotateSecrets")
    RotationBody rotate() {
        SealedFiles.Rotation done = files.rotate(settings.keys());
        return new RotationBody(done.key(), done.files());
    }
}
