package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import com.google.re2j.Pattern;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' keys for where targets come from: whoever pulls from targets has them. */
final class DiscoveryKeys {

    private static final Pattern FILE = Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)");

    private static final List<String> ELSEWHERE = List.of(
            "azure",
            "consul",
            "digitalocean",
            "docker",
            "dockerswarm",
            "ec2",
            "eureka",
            "gce",
            "hetzner",
            "ionos",
            "kuma",
            "lightsail",
            "linode",
            "marathon",
            "nerve",
            "nomad",
            "openstack",
            "ovhcloud",
            "puppetdb",
            "scaleway",
            "serverset",
            "stackit",
            "triton",
            "uyuni",
            "vultr");

    private static final KeySchema STATIC = sections(
            "static_configs",
            keys(texts("targets", "host:port of each target."), textMap("labels", "Labels of all of them.")),
            "Targets that are written down here.");

    private static final KeySchema FILE_SD = sections(
            "file_sd_configs",
            keys(
                    required(texts("files", "Files in JSON or YAML; the last part of a path may have * in it.")),
                    promDuration(
                            "refresh_interval", "1ms", "5m", "How often files are read even if they seem unchanged.")),
            "Targets from files, which are watched.");

    private static final KeySchema HTTP_SD = sections(
            "http_sd_configs",
            keys(
                    HttpClientKeys.KEYS,
                    required(url("url", "Where the list is to be had, as JSON.")),
                    promDuration("refresh_interval", "1ms", "1m", "How often it is asked for.")),
            "Targets from an HTTP server.");

    private static final KeySchema DNS_SD = sections(
            "dns_sd_configs",
            keys(
                    required(texts("names", "Names to look up.")),
                    key(
                            "type",
                            new ValueType.Choice(List.of("SRV", "A", "AAAA", "MX", "NS"), true),
                            "SRV",
                            "The records to look for."),
                    key(
                            "port",
                            new ValueType.Whole(1, 65535),
                            null,
                            "Port of the targets; SRV records have it in them."),
                    promDuration("refresh_interval", "1ms", "30s", "How often names are looked up.")),
            "Targets from DNS.");

    private static final KeySchema KUBERNETES_SD = sections(
            "kubernetes_sd_configs",
            keys(
                    HttpClientKeys.KEYS,
                    url("api_server", "The API server; the one of the cluster the agent runs in unless written."),
                    text("kubeconfig_file", "A kubeconfig to take server and credentials from."),
                    required(choice(
                            "role",
                            List.of("node", "service", "pod", "endpoints", "endpointslice", "ingress"),
                            "What targets are made of.")),
                    section(
                            "namespaces",
                            keys(
                                    flag("own_namespace", false, "Look into the agent's own."),
                                    texts("names", "Namespaces to look into; all unless written.")),
                            "Where to look."),
                    sections(
                            "selectors",
                            keys(
                                    required(choice(
                                            "role",
                                            List.of("node", "service", "pod", "endpoints", "endpointslice", "ingress"),
                                            "The kind of object it applies to.")),
                                    text("label", "A label selector."),
                                    text("field", "A field selector.")),
                            "Which objects to look at."),
                    section(
                            "attach_metadata",
                            keys(
                                    flag("node", false, "Labels of the node a pod is on."),
                                    flag("namespace", false, "Labels of the namespace.")),
                            "What else to know of a target.")),
            "Targets from the Kubernetes API.");

    /** A list in every job; none of the lists needs to be there. */
    static final ObjectSchema KEYS = all();

    private DiscoveryKeys() {}

    private static ObjectSchema all() {
        List<KeySchema> keys = new ArrayList<>(List.of(STATIC, FILE_SD, HTTP_SD, DNS_SD, KUBERNETES_SD));
        for (String name : ELSEWHERE) {
            keys.add(refused(name + "_sd_configs", "file_sd_configs or http_sd_configs can stand in."));
        }
        return new ObjectSchema(keys);
    }

    /** @param at the path of the settings, ending with {@code ::} */
    static void check(Settings job, String at, boolean legacyNames, RuleReport report) {
        forEach(job, "static_configs", at, (config, path) -> {
            if (config.areKnown("targets")) {
                List<String> targets = config.strings("targets");
                for (int i = 0; i < targets.size(); i++) {
                    address(targets.get(i), path + "::targets::" + i, report);
                }
            }
            labels(config, path, legacyNames, report);
        });
        forEach(job, "file_sd_configs", at, (config, path) -> {
            notEmpty(config, "files", path, "at least one file", report);
            if (config.areKnown("files")) {
                List<String> files = config.strings("files");
                for (int i = 0; i < files.size(); i++) {
                    if (!FILE.matches(files.get(i))) {
                        report.error(
                                path + "::files::" + i,
                                "'" + files.get(i)
                                        + "' (expected: a path that ends with .json, .yml or .yaml, with * in its "
                                        + "last part only)");
                    }
                }
            }
        });
        forEach(job, "http_sd_configs", at, (config, path) -> HttpClientKeys.check(config, path + "::", report));
        forEach(job, "dns_sd_configs", at, (config, path) -> {
            notEmpty(config, "names", path, "at least one name", report);
            boolean needsPort = config.isKnown("type") && !config.string("type").equals("SRV");
            if (needsPort && !config.has("port")) {
                report.error(
                        path + "::port",
                        "missing (expected: the targets' port, since type is " + config.string("type") + ")");
            }
        });
        forEach(job, "kubernetes_sd_configs", at, (config, path) -> {
            HttpClientKeys.check(config, path + "::", report);
            if (config.has("kubeconfig_file") && config.has("api_server")) {
                report.error(path + "::kubeconfig_file", "beside api_server (expected: one of both)");
            }
        });
    }

    private interface Check {
        void check(Settings config, String path);
    }

    private static void forEach(Settings job, String key, String at, Check check) {
        List<Settings> configs = job.sections(key);
        for (int i = 0; i < configs.size(); i++) {
            check.check(configs.get(i), at + key + "::" + i);
        }
    }

    private static void notEmpty(Settings config, String key, String path, String expected, RuleReport report) {
        if (config.isEmptyList(key)) {
            report.error(path + "::" + key, "an empty list (expected: " + expected + ")");
        }
    }

    private static void address(String target, String at, RuleReport report) {
        if (target.isBlank() || target.indexOf('/') >= 0) {
            report.error(at, "'" + target + "' (expected: host:port, without scheme and path)");
        }
    }

    private static void labels(Settings config, String path, boolean legacyNames, RuleReport report) {
        for (String name : config.mapKeys("labels")) {
            if (!LabelNames.isValid(name, legacyNames)) {
                report.error(path + "::labels::" + name, "'" + name + "' (expected: a label's name)");
            }
        }
    }
}
