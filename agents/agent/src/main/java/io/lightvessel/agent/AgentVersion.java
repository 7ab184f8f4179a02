package io.lightvessel.agent;

/** The version in the jar's manifest. */
final class AgentVersion {
    private AgentVersion() {}

    static String get() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
