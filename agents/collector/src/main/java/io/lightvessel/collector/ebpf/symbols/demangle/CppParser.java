package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a name of the Itanium C++ ABI: what its parts share, which is the place, what can be referred to again, and the template
 * arguments in force.
 */
final class CppParser {
    private static final int MOST = 4096;

    final Cursor cursor;
    final CppNames names;
    final CppTypes types;
    final CppExpressions expressions;
    final CppTemplates templates;
    private final List<Piece> substitutions = new ArrayList<>();

    CppParser(String name) {
        this.cursor = new Cursor(name, 0);
        this.templates = new CppTemplates(this);
        this.names = new CppNames(this);
        this.types = new CppTypes(this);
        this.expressions = new CppExpressions(this);
    }

    /** The function's name without its parameters; a copy the compiler made of a part says so. */
    static String read(String mangled) throws NotMangled {
        CppParser parser = new CppParser(mangled);
        if (!parser.cursor.take("_Z")) {
            throw parser.cursor.wrong("no _Z");
        }
        String name = parser.names.encoding(false);
        // Parameters say no more than the name does, and are not needed to get to its end.
        int dot = mangled.indexOf('.', parser.cursor.at());
        int end = dot < 0 ? mangled.length() : dot;
        for (int i = parser.cursor.at(); i < end; i++) {
            char c = mangled.charAt(i);
            if (!(Cursor.isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_')) {
                throw parser.cursor.wrong("what is no parameter");
            }
        }
        return dot < 0 ? name : name + " [clone " + mangled.substring(dot) + "]";
    }

    /** Remembers what may be referred to. */
    Piece remember(Piece piece) throws NotMangled {
        if (substitutions.size() == MOST) {
            throw cursor.wrong("too much to refer to");
        }
        substitutions.add(piece);
        return piece;
    }

    void forgetLast() {
        substitutions.removeLast();
    }

    /** {@code S_}, {@code S0_} and the abbreviations for what is in std. */
    Piece substitution() throws NotMangled {
        cursor.need('S');
        String known = switch (cursor.peek()) {
            case 'a' -> "std::allocator";
            case 'b' -> "std::basic_string";
            case 's' -> "std::string";
            case 'i' -> "std::istream";
            case 'o' -> "std::ostream";
            case 'd' -> "std::iostream";
            default -> "";
        };
        if (!known.isEmpty()) {
            cursor.next();
            Piece piece = Piece.of(known);
            return cursor.peek() == 'B' ? remember(Piece.of(names.tagged(known))) : piece;
        }
        int index = sequence(36);
        if (index >= substitutions.size()) {
            throw cursor.wrong("a reference to what comes later");
        }
        return substitutions.get(index);
    }

    /** A number that ends with an underline, of which none at all is the first. */
    int sequence(int base) throws NotMangled {
        if (cursor.take('_')) {
            return 0;
        }
        long value = 0;
        while (!cursor.take('_')) {
            char c = cursor.next();
            int digit = Cursor.isDigit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : base;
            value = value * base + digit;
            if (digit >= base || value > MOST) {
                throw cursor.wrong("no such number");
            }
        }
        return (int) value + 1;
    }
}
