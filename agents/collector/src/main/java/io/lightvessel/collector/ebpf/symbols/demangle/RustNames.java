package io.lightvessel.collector.ebpf.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Reads names as rustc mangles them since its own scheme, "v0": paths, with what they are generic over, without hashes. */
final class RustNames {
    private static final int MOST_TEXT = 4096;
    private static final int PREFIX = "_R".length();

    private final Cursor cursor;
    private final StringBuilder out = new StringBuilder();
    private final RustTypes types;

    private RustNames(String mangled) {
        this.cursor = new Cursor(mangled, PREFIX);
        this.types = new RustTypes(this, cursor);
    }

    static String read(String mangled) throws NotMangled {
        RustNames names = new RustNames(mangled);
        names.path(true);
        char c = names.cursor.peek();
        if (c >= 'A' && c <= 'Z') {
            // The crate that made an instance of it, which nobody asks for.
            int length = names.out.length();
            names.path(true);
            names.out.setLength(length);
        }
        if (names.cursor.peek() != Cursor.END && names.cursor.peek() != '.' && names.cursor.peek() != '$') {
            throw names.cursor.wrong("what is no suffix");
        }
        return names.out.toString();
    }

    void print(String text) throws NotMangled {
        if (out.length() + text.length() > MOST_TEXT) {
            throw cursor.wrong("more text than anybody would read");
        }
        out.append(cursor.pay(text));
    }

    /** @param value whether generic arguments stand behind {@code ::}, as where values are named */
    void path(boolean value) throws NotMangled {
        cursor.enter();
        char kind = cursor.next();
        switch (kind) {
            case 'C' -> {
                disambiguator();
                print(identifier());
            }
            case 'N' -> nested(value);
            case 'M', 'X' -> {
                disambiguator();
                unseen();
                print("<");
                types.type();
                if (kind == 'X') {
                    print(" as ");
                    path(false);
                }
                print(">");
            }
            case 'Y' -> {
                print("<");
                types.type();
                print(" as ");
                path(false);
                print(">");
            }
            case 'I' -> {
                path(value);
                print(value ? "::<" : "<");
                arguments();
                print(">");
            }
            case 'B' -> again(() -> path(value));
            default -> throw cursor.wrong("no path");
        }
        cursor.leave();
    }

    /** The arguments of something generic up to their end. */
    void arguments() throws NotMangled {
        String comma = "";
        while (!cursor.take('E')) {
            print(comma);
            comma = ", ";
            if (cursor.take('L')) {
                types.lifetime();
            } else if (cursor.take('K')) {
                types.constant();
            } else {
                types.type();
            }
        }
    }

    /** The path of an implementation, which says where it stands and nothing that people would look for. */
    private void unseen() throws NotMangled {
        int length = out.length();
        path(false);
        out.setLength(length);
    }

    private void nested(boolean value) throws NotMangled {
        char space = cursor.next();
        path(value);
        long number = disambiguator();
        String name = identifier();
        if (space >= 'A' && space <= 'Z') {
            String what = space == 'C' ? "closure" : space == 'S' ? "shim" : String.valueOf(space);
            print("::{" + what + (name.isEmpty() ? "" : ":" + name) + "#" + number + "}");
        } else if (space >= 'a' && space <= 'z') {
            if (!name.isEmpty()) {
                print("::" + name);
            }
        } else {
            throw cursor.wrong("no namespace");
        }
    }

    /** Does something. */
    @FunctionalInterface
    interface Read {
        void read() throws NotMangled;
    }

    /** Reads again what stands further in front. */
    void again(Read read) throws NotMangled {
        int here = cursor.at() - 1;
        long place = PREFIX + number62();
        if (place < PREFIX || place >= here) {
            throw cursor.wrong("a reference to what comes later");
        }
        int after = cursor.at();
        cursor.enter();
        cursor.moveTo((int) place);
        read.read();
        cursor.moveTo(after);
        cursor.leave();
    }

    private long disambiguator() throws NotMangled {
        return cursor.take('s') ? number62() + 1 : 0;
    }

    /** A number in digits and letters up to an underline, of which none at all is the first; hashes use all 64 bits. */
    long number62() throws NotMangled {
        if (cursor.take('_')) {
            return 0;
        }
        long value = 0;
        while (!cursor.take('_')) {
            char c = cursor.next();
            int digit = Character.isLetterOrDigit(c) && c < 128
                    ? Cursor.isDigit(c) ? c - '0' : c >= 'a' ? c - 'a' + 10 : c - 'A' + 36
                    : -1;
            if (digit < 0) {
                throw cursor.wrong("no such number");
            }
            value = value * 62 + digit;
        }
        return value + 1;
    }

    String identifier() throws NotMangled {
        boolean encoded = cursor.take('u');
        if (cursor.take('0')) {
            // Closures have no name, and what follows may begin with a digit.
            return "";
        }
        int length = cursor.number();
        cursor.take('_');
        String text = cursor.next(length);
        if (!encoded) {
            return text;
        }
        String decoded = Punycode.decode(text);
        return decoded == null ? "punycode{" + text + "}" : decoded;
    }

    /** What stands in a trait object's path, with the types it names put beside its arguments. */
    void traitOf(@Nullable Read bindings) throws NotMangled {
        path(false);
        if (bindings != null) {
            bindings.read();
        }
    }

    /** Whether what was written ends with arguments, so that more can be put among them; they are opened again. */
    boolean reopenArguments() {
        boolean open = out.length() > 0 && out.charAt(out.length() - 1) == '>';
        if (open) {
            out.setLength(out.length() - 1);
        }
        return open;
    }
}
