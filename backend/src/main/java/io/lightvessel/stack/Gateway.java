package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/** The replicas that do a cluster's shared work: producers send to them, they pass on. */
public record Gateway(
        @Doc("Name of the Service and the Deployment; producers have it in their settings.")
        @NotNull(message = Expected.TEXT)
        @Pattern(regexp = Expected.DNS_LABEL, message = Expected.DNS_LABEL_EXPECTED)
        String serviceName,

        @Doc("Namespace the gateway runs in.")
        @NotNull(message = Expected.TEXT)
        @Pattern(regexp = Expected.DNS_LABEL, message = Expected.DNS_LABEL_EXPECTED)
        String namespace,

        @Doc("Replicas there are when scaling is off.")
        @Min(value = 1, message = "expected: 1..100")
        @Max(value = 100, message = "expected: 1..100")
        int replicas,

        @Doc("What producers may send.") @NotNull(message = Expected.OBJECT) @Valid
        Receivers receivers,

        @Doc("Attributes set on everything that passes; values may contain ${env:NAME}.")
        @Size(max = 64, message = "expected: at most 64 attributes")
        Map<
                        @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED) String,
                        @NotNull(message = Expected.TEXT)
                        @Pattern(regexp = Expected.ATTRIBUTE_VALUE, message = Expected.ATTRIBUTE_VALUE_EXPECTED) String>
                resourceAttributes,

        @Doc("What is done to what passes.") @NotNull(message = Expected.OBJECT) @Valid
        Processors processors,

        @Doc("How records are gathered before they are sent on.") @NotNull(message = Expected.OBJECT) @Valid
        Batch batch,

        @Doc("What is scraped.") @NotNull(message = Expected.OBJECT) @Valid
        Scraping scraping,

        @Doc("Where profiles are pulled from.") @NotNull(message = Expected.OBJECT) @Valid
        ProfilePulling profiles,

        @Doc("How replicas share targets.") @NotNull(message = Expected.OBJECT) @Valid
        Clustering clustering,

        @Doc("How many replicas there may be.") @NotNull(message = Expected.OBJECT) @Valid
        HpaPolicy scaling) {

    public Gateway {
        resourceAttributes = Expected.sorted(resourceAttributes);
    }

    static Gateway defaults() {
        return new Gateway(
                "alloy",
                "monitoring",
                2,
                Receivers.defaults(),
                Map.of(),
                Processors.none(),
                new Batch("200ms", 8192, 16384),
                Scraping.none(),
                ProfilePulling.none(),
                Clustering.defaults(),
                HpaPolicy.defaults());
    }

    /** The ports of OTLP. */
    public OtlpPorts otlp() {
        return receivers.otlp();
    }

    public Gateway withOtlp(OtlpPorts changed) {
        return withReceivers(receivers.withOtlp(changed));
    }

    public Gateway withService(String changedName, String changedNamespace) {
        return new Gateway(
                changedName,
                changedNamespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                batch,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withReplicas(int changed) {
        return new Gateway(
                serviceName,
                namespace,
                changed,
                receivers,
                resourceAttributes,
                processors,
                batch,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withReceivers(Receivers changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                changed,
                resourceAttributes,
                processors,
                batch,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withResourceAttributes(Map<String, String> changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                changed,
                processors,
                batch,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withProcessors(Processors changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                changed,
                batch,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withBatch(Batch changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                changed,
                scraping,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withScraping(Scraping changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                batch,
                changed,
                profiles,
                clustering,
                scaling);
    }

    public Gateway withProfiles(ProfilePulling changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                batch,
                scraping,
                changed,
                clustering,
                scaling);
    }

    public Gateway withClustering(Clustering changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                batch,
                scraping,
                profiles,
                changed,
                scaling);
    }

    public Gateway withScaling(HpaPolicy changed) {
        return new Gateway(
                serviceName,
                namespace,
                replicas,
                receivers,
                resourceAttributes,
                processors,
                batch,
                scraping,
                profiles,
                clustering,
                changed);
    }

    /** The ports OTLP is received on. */
    public record OtlpPorts(
            @Doc("Port for OTLP over gRPC.")
            @Min(value = 1, message = Expected.PORT)
            @Max(value = 65535, message = Expected.PORT)
            int grpcPort,

            @Doc("Port for OTLP over HTTP.")
            @Min(value = 1, message = Expected.PORT)
            @Max(value = 65535, message = Expected.PORT)
            int httpPort) {}

    /** When a batch is sent on: after a time, or when it holds enough records. */
    public record Batch(
            @Doc("Longest time a record waits.")
            @NotNull(message = Expected.DURATION_EXPECTED)
            @Pattern(regexp = Expected.DURATION, message = Expected.DURATION_EXPECTED)
            String timeout,

            @Doc("Records at which a batch is sent at once.")
            @Min(value = 1, message = "expected: 1..1000000")
            @Max(value = 1_000_000, message = "expected: 1..1000000")
            int sendBatchSize,

            @Doc("Most records in one request; 0 for no limit.")
            @Min(value = 0, message = "expected: 0..1000000")
            @Max(value = 1_000_000, message = "expected: 0..1000000")
            int sendBatchMaxSize) {}
}
