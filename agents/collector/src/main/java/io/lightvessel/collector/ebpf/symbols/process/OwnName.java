package io.lightvessel.collector.ebpf.symbols.process;

import java.nio.charset.StandardCharsets;

/** The name that a service has given itself for OpenTelemetry, in its environment as it was when it started. */
final class OwnName {
    private static final int LONGEST = 128 * 1024;
    private static final String NAME = "OTEL_SERVICE_NAME=";
    private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES=";
    private static final String ATTRIBUTE = "service.name=";

    private OwnName() {}

    /** Empty without one. Nothing else of the environment is kept. */
    static String read(ProcFs proc, int pid) {
        return find(proc.read(pid, "environ", LONGEST));
    }

    static String find(byte[] environment) {
        String attributes = "";
        for (String variable : new String(environment, StandardCharsets.UTF_8).split("\0")) {
            if (variable.startsWith(NAME) && variable.length() > NAME.length()) {
                return variable.substring(NAME.length());
            }
            if (variable.startsWith(ATTRIBUTES)) {
                attributes = variable.substring(ATTRIBUTES.length());
            }
        }
        for (String attribute : attributes.split(",")) {
            if (attribute.trim().startsWith(ATTRIBUTE)) {
                return attribute.trim().substring(ATTRIBUTE.length());
            }
        }
        return "";
    }
}
