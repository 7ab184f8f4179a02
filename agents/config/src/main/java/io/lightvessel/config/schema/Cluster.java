package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.duration;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.listen;
import static io.lightvessel.config.schema.Keys.optionalSection;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.secret;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.texts;
import static io.lightvessel.config.schema.Keys.whole;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of the cluster extension. */
final class Cluster {

    private static final int MOST = 48;
    private static final int MIN_SECRET = 16;

    private static final ObjectSchema DISCOVERY = keys(
            texts(
                    "static",
                    "The replicas' addresses, HOST:PORT each, this one's among them; a text may hold several with"
                            + " commas between."),
            optionalSection(
                    "dns",
                    keys(
                            required(text("name", "A name that has the address of every replica.")),
                            whole("port", 0, 65_535, 0, "The replicas' port; 0: that of `endpoint`."),
                            duration("refresh", "1s", "10s", "How often the name is resolved.")),
                    "Replicas are where a name leads to."),
            optionalSection(
                    "kubernetes",
                    keys(
                            required(text(
                                    "service",
                                    "A headless service of the replicas with `publishNotReadyAddresses`, as"
                                            + " NAME or NAME.NAMESPACE.")),
                            whole("port", 0, 65_535, 0, "The replicas' port; 0: that of `endpoint`."),
                            duration("refresh", "1s", "10s", "How often the service is looked at.")),
                    "Replicas are the pods of a service, found through the cluster's DNS."));

    private static final ObjectSchema ARBITER = keys(
            optionalSection(
                    "file",
                    keys(required(text("directory", "A directory that all replicas share, on one machine."))),
                    "Decides by a locked file."),
            optionalSection(
                    "kubernetes",
                    keys(
                            text("lease", "lightvessel-gateway", "The name of the Lease object; made if missing."),
                            text("namespace", "Its namespace; without, the pod's own.")),
                    "Decides by a Lease object of the Kubernetes API."));

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "cluster",
            Stability.ALPHA,
            EnumSet.noneOf(Signal.class),
            "Shares targets between replicas: each has exactly one owner, and moves without a gap.",
            keys(
                    listen("endpoint", "localhost:7800", "Where to listen for the other replicas."),
                    text(
                            "advertise_address",
                            "HOST:PORT under which the others reach this replica; without, the endpoint's."),
                    text("cluster_name", "lightvessel", "Replicas with other names are other clusters."),
                    text("replica_name", "What this replica is called; without, as the agent."),
                    section("discovery", DISCOVERY, "Where the other replicas are: one of these."),
                    secret(text(
                            "secret",
                            "What all replicas know and strangers do not, 16 characters or more. Needed unless"
                                    + " the endpoint is a loopback address.")),
                    text("secret_file", "A file with the secret."),
                    whole("min_members", 1, MOST, 1, "No target is given out before so many replicas are there."),
                    duration(
                            "min_members_timeout",
                            "0s",
                            "1m",
                            "After this long it goes on with those that are there, and health says so; 0s: never."),
                    duration(
                            "failure_detection",
                            "500ms",
                            "3s",
                            "A replica that is silent for so long is taken for gone."),
                    duration(
                            "lease",
                            "2s",
                            "8s",
                            "A replica without contact stops after this time at the latest; then others take over."),
                    duration("drain_timeout", "0s", "15s", "How long handing over may take when a replica leaves."),
                    optionalSection(
                            "arbiter",
                            ARBITER,
                            "Who decides when exactly half of the replicas are in reach; without, the coordinator's"
                                    + " half goes on.")),
            Cluster::check,
            Set.of(ExtensionCapability.CLUSTERING));

    private Cluster() {}

    private static void check(Settings settings, RuleReport report) {
        Settings discovery = settings.section("discovery");
        one(
                report,
                "discovery",
                "static, dns and kubernetes",
                !discovery.isEmptyList("static"),
                discovery.optionalSection("dns").isPresent(),
                discovery.optionalSection("kubernetes").isPresent());
        settings.optionalSection("arbiter")
                .ifPresent(arbiter -> one(
                        report,
                        "arbiter",
                        "file and kubernetes",
                        arbiter.optionalSection("file").isPresent(),
                        arbiter.optionalSection("kubernetes").isPresent()));
        checkSecret(settings, report);
        if (settings.isKnown("lease") && settings.isKnown("failure_detection")) {
            Duration lease = settings.duration("lease");
            Duration detection = settings.duration("failure_detection");
            if (lease.compareTo(detection.multipliedBy(2)) < 0) {
                report.error("lease", lease.toMillis() + "ms (expected: twice failure_detection or more)");
            }
        }
    }

    private static void one(RuleReport report, String key, String names, boolean... present) {
        int count = 0;
        for (boolean each : present) {
            count += each ? 1 : 0;
        }
        if (count != 1) {
            report.error(key, (count == 0 ? "none" : "several") + " (expected: one of " + names + ")");
        }
    }

    private static void checkSecret(Settings settings, RuleReport report) {
        boolean hasSecret = settings.has("secret");
        if (hasSecret && settings.has("secret_file")) {
            report.error("", "both secret and secret_file (expected: one of them)");
        }
        if (settings.isKnown("secret") && settings.string("secret").length() < MIN_SECRET) {
            report.error("secret", "too short (expected: " + MIN_SECRET + " characters or more)");
        }
        if (!hasSecret && !settings.has("secret_file") && settings.isKnown("endpoint")) {
            String endpoint = settings.string("endpoint");
            boolean loopback = Stream.of("localhost:", "127.", "[::1]:").anyMatch(endpoint::startsWith);
            if (!loopback) {
                report.error(
                        "endpoint",
                        endpoint + " without a secret (expected: secret or secret_file, or a loopback address)");
            }
        }
    }
}
