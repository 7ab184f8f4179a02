package io.lightvessel.pipeline.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * A W3C tracestate, of which only OpenTelemetry's entry {@code ot} is taken apart: {@code th} is the threshold the trace
 * was sampled with, {@code rv} its randomness. All other entries are kept as they are, behind it.
 */
final class TraceState {

    private static final int MOST_BYTES = 1024;
    private static final int MOST_ENTRIES = 32;
    private static final int LONGEST_KEY = 256;
    private static final int LONGEST_TENANT = 241;
    private static final int LONGEST_SYSTEM = 14;
    private static final int LONGEST_OT = 256;

    private final List<String> otherEntries = new ArrayList<>();
    private final List<String> otherFields = new ArrayList<>();
    private String randomness = "";
    private String threshold = "";

    /** Reads another one; false when it is malformed, and then there is nothing to be learned from this object. */
    boolean read(String text) {
        otherEntries.clear();
        otherFields.clear();
        randomness = "";
        threshold = "";
        if (text.isEmpty()) {
            return true;
        }
        if (text.length() > MOST_BYTES) {
            return false;
        }
        int entries = 0;
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            if (++entries > MOST_ENTRIES) {
                return false;
            }
            if (!entry.isEmpty() && !readEntry(entry)) {
                return false;
            }
        }
        return true;
    }

    private boolean readEntry(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 1 || !isKey(entry.substring(0, equals)) || !isValue(entry.substring(equals + 1))) {
            return false;
        }
        if (entry.startsWith("ot=")) {
            return readFields(entry.substring(3));
        }
        otherEntries.add(entry);
        return true;
    }

    private boolean readFields(String fields) {
        if (fields.length() > LONGEST_OT) {
            return false;
        }
        for (String field : fields.split(";", -1)) {
            int colon = field.indexOf(':');
            if (colon < 1 || !isField(field, colon)) {
                return false;
            }
            String value = field.substring(colon + 1);
            switch (field.substring(0, colon)) {
                case "rv" -> {
                    if (value.length() != Threshold.MOST_DIGITS || Hex.parse(value) < 0) {
                        return false;
                    }
                    randomness = value;
                }
                case "th" -> {
                    if (Threshold.parse(value) == Threshold.INVALID) {
                        return false;
                    }
                    threshold = value;
                }
                default -> otherFields.add(field);
            }
        }
        return true;
    }

    private static boolean isField(String field, int colon) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean lower = c >= 'a' && c <= 'z';
            boolean fits = switch (Integer.signum(i - colon)) {
                case -1 -> lower || i > 0 && isDigit(c);
                case 0 -> true;
                default -> lower || isDigit(c) || c >= 'A' && c <= 'Z' || c == '.' || c == '_' || c == '-';
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String key) {
        int at = key.indexOf('@');
        if (key.length() > LONGEST_KEY || at >= 0 && (at > LONGEST_TENANT || key.length() - at - 1 > LONGEST_SYSTEM)) {
            return false;
        }
        return at < 0 ? isName(key, false) : isName(key.substring(0, at), true) && isName(key.substring(at + 1), false);
    }

    private static boolean isName(String name, boolean mayBeginWithDigit) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean begins = c >= 'a' && c <= 'z' || mayBeginWithDigit && isDigit(c);
            if (!begins && (i == 0 || !isDigit(c) && c != '_' && c != '-' && c != '*' && c != '/')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == '=') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= 256 && !value.endsWith(" ");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** -1 when it has none. */
    long randomness() {
        return randomness.isEmpty() ? -1 : Hex.parse(randomness);
    }

    /** {@link Decision#NONE} when it has none. */
    long threshold() {
        return threshold.isEmpty() ? Decision.NONE : Threshold.parse(threshold);
    }

    void setRandomness(long bits) {
        randomness = Hex.format(bits);
    }

    void setThreshold(long value) {
        threshold = Threshold.format(value);
    }

    void clearThreshold() {
        threshold = "";
    }

    @Override
    public String toString() {
        List<String> fields = new ArrayList<>();
        if (!randomness.isEmpty()) {
            fields.add("rv:" + randomness);
        }
        if (!threshold.isEmpty()) {
            fields.add("th:" + threshold);
        }
        fields.addAll(otherFields);
        List<String> entries = new ArrayList<>();
        if (!fields.isEmpty()) {
            entries.add("ot=" + String.join(";", fields));
        }
        entries.addAll(otherEntries);
        return String.join(",", entries);
    }
}
