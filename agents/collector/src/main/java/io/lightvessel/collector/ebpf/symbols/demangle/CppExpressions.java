package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/** Expressions in the arguments of templates and in types, as far as names are made of them. */
final class CppExpressions {
    private final CppParser parser;
    private final Cursor cursor;

    CppExpressions(CppParser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    Piece expression() throws NotMangled {
        cursor.enter();
        try {
            cursor.take("gs");
            char c = cursor.peek();
            if (c == 'L') {
                return literal();
            }
            if (c == 'T') {
                return parser.templates.parameter();
            }
            if (c == 'f' && (cursor.peek(1) == 'p' || cursor.peek(1) == 'L')) {
                return parameterOfFunction();
            }
            if (Cursor.isDigit(c)) {
                return unresolved();
            }
            return lettered(cursor.next(2));
        } finally {
            cursor.leave();
        }
    }

    private Piece lettered(String letters) throws NotMangled {
        return switch (letters) {
            case "sr" -> scoped();
            case "on" -> Piece.of(parser.names.unqualified());
            case "st" -> wrapped("sizeof (", parser.types.type(), ")");
            case "sz" -> wrapped("sizeof (", expression(), ")");
            case "at" -> wrapped("alignof (", parser.types.type(), ")");
            case "az" -> wrapped("alignof (", expression(), ")");
            case "nx" -> wrapped("noexcept (", expression(), ")");
            case "ti" -> wrapped("typeid (", parser.types.type(), ")");
            case "te" -> wrapped("typeid (", expression(), ")");
            case "tw" -> wrapped("throw ", expression(), "");
            case "tr" -> Piece.of("throw");
            case "sZ", "sP" -> count(letters);
            case "sp" -> expression().expanded();
            case "dt", "pt" -> {
                String sign = letters.equals("dt") ? "." : "->";
                yield Piece.join(
                        cursor,
                        List.of(expression(), member()),
                        parts -> Text.of(
                                parts.get(0).whole() + sign + parts.get(1).whole()));
            }
            case "ix" ->
                Piece.join(
                        cursor,
                        List.of(expression(), expression()),
                        parts -> Text.of(
                                parts.get(0).whole() + "[" + parts.get(1).whole() + "]"));
            case "qu" ->
                Piece.join(
                        cursor,
                        List.of(expression(), expression(), expression()),
                        parts -> Text.of("(" + parts.get(0).whole() + ")?("
                                + parts.get(1).whole() + ") : (" + parts.get(2).whole() + ")"));
            case "cl" -> call(expression(), "(", ")");
            case "cv" -> conversion();
            case "dc", "sc", "cc", "rc" -> cast(letters);
            case "tl" -> call(parser.types.type(), "{", "}");
            case "il" -> call(Piece.of(""), "{", "}");
            case "fl", "fr" -> fold(letters.equals("fl"));
            default -> operation(letters);
        };
    }

    private Piece wrapped(String before, Piece piece, String after) throws NotMangled {
        return piece.map(cursor, text -> Text.of(before + text.whole() + after));
    }

    private Piece count(String letters) throws NotMangled {
        if (letters.equals("sP")) {
            int args = 0;
            while (!cursor.take('E')) {
                args += (Cursor.isDigit(cursor.peek()) ? unresolved() : parser.types.type())
                        .texts()
                        .size();
            }
            return Piece.of(String.valueOf(args));
        }
        Piece pack = cursor.peek() == 'T' ? parser.templates.parameter() : parameterOfFunction();
        return Piece.of(String.valueOf(pack.texts().size()));
    }

    private Piece member() throws NotMangled {
        return Cursor.isDigit(cursor.peek()) ? unresolved() : expression();
    }

    private Piece call(Piece called, String open, String close) throws NotMangled {
        List<Piece> all = new ArrayList<>(List.of(called));
        while (!cursor.take('E')) {
            all.add(expression());
        }
        return Piece.join(cursor, all, parts -> {
            List<String> arguments = parts.stream().skip(1).map(Text::whole).toList();
            return Text.of(parts.getFirst().whole() + open + String.join(", ", arguments) + close);
        });
    }

    private Piece conversion() throws NotMangled {
        Piece type = parser.templates.conversionType();
        return wrapped(
                "(", type, ")", cursor.take('_') ? call(Piece.of(""), "(", ")") : wrapped("(", expression(), ")"));
    }

    private Piece wrapped(String before, Piece piece, String after, Piece then) throws NotMangled {
        return Piece.join(
                cursor,
                List.of(piece, then),
                parts -> Text.of(
                        before + parts.get(0).whole() + after + parts.get(1).whole()));
    }

    private Piece cast(String letters) throws NotMangled {
        String word = switch (letters) {
            case "dc" -> "dynamic_cast<";
            case "sc" -> "static_cast<";
            case "cc" -> "const_cast<";
            default -> "reinterpret_cast<";
        };
        Piece type = parser.types.type();
        return wrapped(word, type, ">", wrapped("(", expression(), ")"));
    }

    private Piece fold(boolean left) throws NotMangled {
        CppOperators.Operator operator = CppOperators.find(cursor.next(2));
        if (operator == null) {
            throw cursor.wrong("no operator");
        }
        String pack = expression().whole();
        return Piece.of(cursor.pay(
                left
                        ? "(... " + operator.sign() + " (" + pack + "))"
                        : "((" + pack + ") " + operator.sign() + " ...)"));
    }

    private Piece operation(String letters) throws NotMangled {
        CppOperators.Operator operator = CppOperators.find(letters);
        if (operator == null || operator.operands() == 0) {
            throw cursor.wrong("no expression");
        }
        if (operator.operands() == 1) {
            cursor.take('_');
            return wrapped(operator.sign() + "(", expression(), ")");
        }
        return Piece.join(
                cursor,
                List.of(expression(), expression()),
                parts -> Text.of("(" + parts.get(0).whole() + ")" + operator.sign() + "("
                        + parts.get(1).whole() + ")"));
    }

    /** A name that is looked up once the template's arguments are known. */
    private Piece unresolved() throws NotMangled {
        Piece name = Piece.of(parser.names.unqualified());
        return cursor.peek() == 'I' ? parser.templates.named(name, false) : name;
    }

    private Piece scoped() throws NotMangled {
        if (cursor.take('N')) {
            Piece scope = parser.types.type();
            while (!cursor.take('E')) {
                scope = joined(scope, unresolved());
            }
            return joined(scope, unresolvedBase());
        }
        Piece scope = parser.types.type();
        return joined(scope, unresolvedBase());
    }

    private Piece unresolvedBase() throws NotMangled {
        cursor.take("on");
        return unresolved();
    }

    private Piece joined(Piece scope, Piece name) throws NotMangled {
        return Piece.join(
                cursor,
                List.of(scope, name),
                parts -> Text.of(parts.get(0).whole() + "::" + parts.get(1).whole()));
    }

    private Piece parameterOfFunction() throws NotMangled {
        if (cursor.take("fpT")) {
            return Piece.of("this");
        }
        if (cursor.take("fL")) {
            cursor.number();
            cursor.need('p');
        } else if (!cursor.take("fp")) {
            throw cursor.wrong("no parameter");
        }
        parser.types.qualifiers();
        return Piece.of("{parm#" + (parser.sequence(10) + 1) + "}");
    }

    private Piece literal() throws NotMangled {
        cursor.need('L');
        if (cursor.take("_Z") || cursor.take("Z")) {
            String name = parser.names.encoding(true);
            cursor.need('E');
            return Piece.of(name);
        }
        char kind = cursor.peek();
        String type = parser.types.type().whole();
        int from = cursor.at();
        while (cursor.peek() != 'E' && cursor.peek() != Cursor.END) {
            cursor.next();
        }
        String digits = cursor.since(from);
        cursor.need('E');
        String value = digits.startsWith("n") ? "-" + digits.substring(1) : digits;
        return Piece.of(cursor.pay(
                switch (kind) {
                    case 'b' -> value.equals("0") ? "false" : value.equals("1") ? "true" : "(bool)" + value;
                    case 'i' -> value;
                    case 'j' -> value + "u";
                    case 'l' -> value + "l";
                    case 'm' -> value + "ul";
                    case 'x' -> value + "ll";
                    case 'y' -> value + "ull";
                    case 'f', 'd', 'e' -> "(" + type + ")[" + value + "]";
                    default -> type.equals("decltype(nullptr)") ? "nullptr" : "(" + type + ")" + value;
                }));
    }
}
