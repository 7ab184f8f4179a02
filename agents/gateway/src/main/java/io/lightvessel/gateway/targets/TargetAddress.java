package io.lightvessel.gateway.targets;

import java.util.Optional;

/** Whether an address is host and port and nothing else: it may come from people who may not choose where we ask. */
final class TargetAddress {

    private TargetAddress() {}

    /** What is wrong with it. */
    static Optional<String> problem(String address) {
        if (address.isEmpty()) {
            return Optional.of("no __address__ (expected: host:port)");
        }
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        boolean hasPort = bracketed ? colon > address.lastIndexOf(']') : colon >= 0;
        String host = hasPort ? address.substring(0, colon) : address;
        boolean good = bracketed ? isIpv6(host) : isName(host);
        if (!good || hasPort && !isPort(address.substring(colon + 1))) {
            return Optional.of("__address__: '" + address + "' (expected: host:port, without scheme and path)");
        }
        return Optional.empty();
    }

    private static boolean isName(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c == 127 || "/?#@\\:[]%\"<>^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static boolean isIpv6(String host) {
        boolean closed = host.endsWith("]") && host.indexOf(']') == host.length() - 1;
        for (int i = 1; i < host.length() - 1; i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' && c != '%') {
                return false;
            }
        }
        return closed && host.length() > 3;
    }

    private static boolean isPort(String port) {
        return !port.isEmpty()
                && port.length() <= 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(port) <= 65535;
    }
}
