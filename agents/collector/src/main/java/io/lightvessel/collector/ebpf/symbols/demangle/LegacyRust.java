package io.lightvessel.collector.ebpf.symbols.demangle;

/** Reads what rustc made of names until it had a scheme of its own: nested names of C++ with a hash as the last component. */
final class LegacyRust {
    private LegacyRust() {}

    static String read(String mangled) throws NotMangled {
        Cursor cursor = new Cursor(mangled, "_ZN".length());
        StringBuilder path = new StringBuilder();
        String pending = null;
        while (!cursor.take('E')) {
            String component = cursor.next(cursor.number());
            if (pending != null) {
                path.append(path.isEmpty() ? "" : "::");
                component(pending, path);
            }
            pending = component;
        }
        if (pending == null || path.isEmpty()) {
            throw cursor.wrong("no path");
        }
        // The last component is the hash.
        return path.toString();
    }

    private static void component(String component, StringBuilder path) throws NotMangled {
        Cursor cursor = new Cursor(component.startsWith("_$") ? component.substring(1) : component, 0);
        for (char c = cursor.peek(); c != Cursor.END; c = cursor.peek()) {
            if (cursor.take("..")) {
                path.append("::");
            } else if (c == '$') {
                cursor.next();
                path.append(escaped(cursor));
            } else {
                path.append(cursor.next());
            }
        }
    }

    private static String escaped(Cursor cursor) throws NotMangled {
        int from = cursor.at();
        while (cursor.next() != '$') {
            // Up to the end of the escape.
        }
        String code = cursor.since(from);
        return switch (code) {
            case "SP$" -> "@";
            case "BP$" -> "*";
            case "RF$" -> "&";
            case "LT$" -> "<";
            case "GT$" -> ">";
            case "LP$" -> "(";
            case "RP$" -> ")";
            case "C$" -> ",";
            default -> unicode(code, cursor);
        };
    }

    private static String unicode(String code, Cursor cursor) throws NotMangled {
        if (code.matches("u[0-9a-f]{1,6}\\$")) {
            int point = Integer.parseInt(code, 1, code.length() - 1, 16);
            if (Character.isValidCodePoint(point) && !Character.isISOControl(point)) {
                return Character.toString(point);
            }
        }
        throw cursor.wrong("no escape");
    }
}
