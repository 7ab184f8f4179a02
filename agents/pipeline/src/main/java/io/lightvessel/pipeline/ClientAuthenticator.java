package io.lightvessel.pipeline;

import java.util.Map;

/** Gives an exporter's requests their credentials and whatever headers come with them. */
public interface ClientAuthenticator extends Extension {

    /**
     * Sets headers for a request that carries telemetry with this metadata. Called for every request and every retry, so
     * that changed credentials count at once; blocks no longer than reading a small file takes.
     *
     * @param headers those the exporter sends anyway, to be changed in place; names are compared without regard to case
     * @throws ComponentFailure when credentials cannot be had now; the attempt counts as failed and is retried
     */
    void authenticate(Metadata metadata, Map<String, String> headers) throws ComponentFailure;
}
