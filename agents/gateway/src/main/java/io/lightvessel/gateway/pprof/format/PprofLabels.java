package io.lightvessel.gateway.pprof.format;

/** What labels of profiles are called as attributes, and the other way round. */
final class PprofLabels {
    static final String NAME = "__name__";
    static final String DELTA = "__delta__";
    static final String SERVICE_NAME = "service_name";

    private PprofLabels() {}

    /** Labels about the profile, not about where it is from. */
    static boolean isReserved(String label) {
        return label.startsWith("__");
    }

    static String toAttribute(String label) {
        return label.equals(SERVICE_NAME) ? "service.name" : label;
    }

    /** Pyroscope takes letters, digits and underscores. */
    static String toLabel(String attribute) {
        StringBuilder name = new StringBuilder(attribute.length());
        for (int i = 0; i < attribute.length(); i++) {
            char c = attribute.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (digit && i == 0) {
                name.append('_');
            }
            name.append(letter || digit ? c : '_');
        }
        return name.toString();
    }
}
