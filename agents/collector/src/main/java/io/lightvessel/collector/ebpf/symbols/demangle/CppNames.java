package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/** Names of C++: nested, local, special, and those of operators. */
final class CppNames {
    private static final String ANONYMOUS = "_GLOBAL__N_1";

    private final CppParser parser;
    private final Cursor cursor;
    /** The last component of a name, which constructors are called. */
    private String last = "";
    /** Whether the last component says its function's type, as those without a template or a value returned do not. */
    private boolean returnsNothing;

    private boolean isTemplate;

    CppNames(CppParser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    /** What a whole symbol stands for. */
    String encoding(boolean withParameters) throws NotMangled {
        cursor.enter();
        List<Piece> outer = parser.templates.enterScope();
        try {
            if (cursor.peek() == 'T' || cursor.peek() == 'G') {
                return special();
            }
            Qualifiers qualifiers = new Qualifiers();
            String name = name(true, qualifiers).whole();
            if (!withParameters || cursor.peek() == 'E' || cursor.peek() == Cursor.END || cursor.peek() == '.') {
                return name;
            }
            if (isTemplate && !returnsNothing) {
                parser.types.type();
            }
            return cursor.pay(name + "(" + parser.types.parameters() + ")" + qualifiers.words);
        } finally {
            parser.templates.leaveScope(outer);
            cursor.leave();
        }
    }

    /** What stands behind a member function's parameters. */
    private static final class Qualifiers {
        private String words = "";
    }

    /** The name of a type. */
    Piece name() throws NotMangled {
        return name(false, new Qualifiers());
    }

    private Piece name(boolean function, Qualifiers qualifiers) throws NotMangled {
        isTemplate = false;
        returnsNothing = false;
        if (cursor.peek() == 'N') {
            return nested(function, qualifiers);
        }
        if (cursor.peek() == 'Z') {
            return local();
        }
        Piece base;
        if (cursor.peek() == 'S' && cursor.peek(1) != 't') {
            base = parser.substitution();
            if (cursor.peek() != 'I') {
                throw cursor.wrong("no arguments");
            }
        } else {
            String scope = cursor.take("St") ? "std::" : "";
            base = Piece.of(cursor.pay(scope + unqualified()));
            if (cursor.peek() == 'I') {
                parser.remember(base);
            }
        }
        if (cursor.peek() == 'I') {
            boolean nothing = returnsNothing;
            base = parser.templates.named(base, function);
            isTemplate = true;
            returnsNothing = nothing;
        }
        return base;
    }

    private Piece nested(boolean function, Qualifiers qualifiers) throws NotMangled {
        cursor.need('N');
        cursor.enter();
        qualifiers.words = parser.types.qualifiers() + (cursor.take('R') ? " &" : cursor.take('O') ? " &&" : "");
        Piece prefix = null;
        boolean remembered = false;
        boolean template = false;
        boolean nothing = false;
        String component = "";
        while (!cursor.take('E')) {
            remembered = true;
            char c = cursor.peek();
            if (c == 'I') {
                if (prefix == null) {
                    throw cursor.wrong("arguments of nothing");
                }
                prefix = parser.templates.named(prefix, function);
                template = true;
            } else if (c == 'S' && cursor.peek(1) != 't') {
                if (prefix != null) {
                    throw cursor.wrong("a reference within a name");
                }
                prefix = parser.substitution();
                component = lastOf(prefix.whole());
                remembered = false;
                template = false;
            } else if (prefix == null && c == 'T') {
                prefix = parser.templates.parameter();
                component = lastOf(prefix.whole());
            } else if (prefix == null && (cursor.isAt("DT") || cursor.isAt("Dt"))) {
                prefix = parser.types.decltype();
            } else if (c == 'M') {
                // Where a lambda is a member's initial value.
                cursor.next();
                continue;
            } else {
                boolean std = prefix == null && cursor.take("St");
                // Arguments in between had names of their own.
                last = component;
                String name = unqualified();
                component = last;
                nothing = returnsNothing;
                template = false;
                if (prefix == null) {
                    prefix = Piece.of(cursor.pay(std ? "std::" + name : name));
                } else {
                    prefix = prefix.map(cursor, scope -> Text.of(scope.whole() + "::" + name));
                }
            }
            if (remembered) {
                parser.remember(prefix);
            }
        }
        if (prefix == null) {
            throw cursor.wrong("an empty name");
        }
        if (remembered) {
            // A type's name is remembered as a type.
            parser.forgetLast();
        }
        isTemplate = template;
        returnsNothing = nothing;
        cursor.leave();
        return prefix;
    }

    private Piece local() throws NotMangled {
        cursor.need('Z');
        String function = encoding(true);
        cursor.need('E');
        if (cursor.take('s')) {
            discriminator();
            return Piece.of(cursor.pay(function + "::string literal"));
        }
        if (cursor.take('d')) {
            if (cursor.isDigit()) {
                cursor.number();
            }
            cursor.need('_');
        }
        Piece name = name(true, new Qualifiers());
        discriminator();
        return name.map(cursor, inner -> Text.of(function + "::" + inner.whole()));
    }

    private void discriminator() throws NotMangled {
        if (cursor.peek() == '_' && cursor.peek(1) == '_') {
            cursor.take("__");
            cursor.number();
            cursor.need('_');
        } else if (cursor.peek() == '_' && Cursor.isDigit(cursor.peek(1))) {
            cursor.next(2);
        }
    }

    /** A single component, which becomes the last one. */
    String unqualified() throws NotMangled {
        cursor.take('L');
        returnsNothing = false;
        char c = cursor.peek();
        String name;
        if (Cursor.isDigit(c)) {
            name = source();
            last = name;
        } else if (c == 'U') {
            name = unnamed();
            last = name;
        } else if (c == 'C' || c == 'D' && cursor.peek(1) != 'C') {
            name = constructor();
            returnsNothing = true;
        } else if (cursor.take("DC")) {
            List<String> parts = new ArrayList<>();
            while (!cursor.take('E')) {
                parts.add(source());
            }
            name = "[" + String.join(", ", parts) + "]";
        } else {
            name = operator();
            last = name;
        }
        return tagged(name);
    }

    /** A name with the tags that follow it. */
    String tagged(String name) throws NotMangled {
        String tagged = name;
        while (cursor.take('B')) {
            tagged = cursor.pay(tagged + "[abi:" + source() + "]");
        }
        return tagged;
    }

    /** A length and so many characters. */
    String source() throws NotMangled {
        String name = cursor.next(cursor.number());
        if (name.isEmpty()) {
            throw cursor.wrong("an empty name");
        }
        return cursor.pay(name.startsWith(ANONYMOUS) ? "(anonymous namespace)" : name);
    }

    private String constructor() throws NotMangled {
        boolean destructor = cursor.next() == 'D';
        boolean inherited = !destructor && cursor.take('I');
        char kind = cursor.next();
        if (kind < '0' || kind > '5' || last.isEmpty()) {
            throw cursor.wrong("no constructor");
        }
        if (inherited) {
            name(false, new Qualifiers());
        }
        return destructor ? "~" + last : last;
    }

    private String unnamed() throws NotMangled {
        cursor.need('U');
        if (cursor.take('t')) {
            return "{unnamed type#" + (parser.sequence(10) + 1) + "}";
        }
        cursor.need('l');
        parser.templates.enterLambda();
        String parameters = parser.types.parameters();
        parser.templates.leaveLambda();
        cursor.need('E');
        return cursor.pay("{lambda(" + parameters + ")#" + (parser.sequence(10) + 1) + "}");
    }

    private String operator() throws NotMangled {
        if (cursor.take("cv")) {
            String type = parser.templates.conversionType().whole();
            returnsNothing = true;
            return cursor.pay("operator " + type);
        }
        if (cursor.take("li")) {
            return "operator\"\" " + source();
        }
        if (cursor.peek() == 'v' && Cursor.isDigit(cursor.peek(1))) {
            cursor.next(2);
            return "operator " + source();
        }
        CppOperators.Operator operator = CppOperators.find(cursor.next(2));
        if (operator == null) {
            throw cursor.wrong("no operator");
        }
        return operator.function();
    }

    private String special() throws NotMangled {
        if (cursor.take("GTt")) {
            return cursor.pay("transaction clone for " + encoding(false));
        }
        String letters = cursor.next(2);
        switch (letters) {
            case "Tc" -> {
                offset(cursor.next());
                offset(cursor.next());
                return cursor.pay("covariant return thunk to " + encoding(false));
            }
            case "Th", "Tv" -> {
                offset(letters.charAt(1));
                return cursor.pay((letters.equals("Th") ? "non-virtual" : "virtual") + " thunk to " + encoding(false));
            }
            case "TC" -> {
                String of = parser.types.type().whole();
                cursor.number();
                cursor.need('_');
                return cursor.pay(
                        "construction vtable for " + parser.types.type().whole() + "-in-" + of);
            }
            default -> {
                // Below.
            }
        }
        String type = switch (letters) {
            case "TV" -> "vtable for ";
            case "TT" -> "VTT for ";
            case "TI" -> "typeinfo for ";
            case "TS" -> "typeinfo name for ";
            default -> "";
        };
        if (!type.isEmpty()) {
            return cursor.pay(type + parser.types.type().whole());
        }
        String name = switch (letters) {
            case "GV" -> "guard variable for ";
            case "GR" -> "reference temporary for ";
            case "TW" -> "TLS wrapper function for ";
            case "TH" -> "TLS init function for ";
            default -> throw cursor.wrong("no special name");
        };
        return cursor.pay(name + name(true, new Qualifiers()).whole());
    }

    private void offset(char kind) throws NotMangled {
        for (int i = 0; i < (kind == 'v' ? 2 : 1); i++) {
            cursor.take('n');
            cursor.number();
            cursor.need('_');
        }
    }

    /** The last component of a name, without its arguments. */
    private static String lastOf(String name) {
        int end = name.length();
        if (name.endsWith(">") && !name.endsWith("operator>")) {
            int open = 0;
            do {
                end--;
                open += name.charAt(end) == '>' ? 1 : name.charAt(end) == '<' ? -1 : 0;
            } while (end > 0 && open > 0);
        }
        String base = name.substring(0, end);
        return base.substring(base.lastIndexOf("::") < 0 ? 0 : base.lastIndexOf("::") + 2);
    }
}
