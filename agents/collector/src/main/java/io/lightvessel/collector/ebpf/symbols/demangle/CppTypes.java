package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of C++. */
final class CppTypes {
    private final CppParser parser;
    private final Cursor cursor;

    CppTypes(CppParser parser) {
        this.parser = parser;
        this.cursor = parser.cursor;
    }

    Piece type() throws NotMangled {
        cursor.enter();
        try {
            String builtin = builtin();
            if (builtin != null) {
                return Piece.of(builtin);
            }
            return switch (cursor.peek()) {
                case 'S' -> cursor.peek(1) == 't' ? remembered(parser.names.name()) : substituted();
                case 'T' -> templated();
                default -> remembered(composed());
            };
        } finally {
            cursor.leave();
        }
    }

    private Piece remembered(Piece type) throws NotMangled {
        return parser.remember(type);
    }

    private Piece substituted() throws NotMangled {
        Piece type = parser.substitution();
        return cursor.peek() == 'I' ? remembered(parser.templates.named(type, false)) : type;
    }

    private Piece templated() throws NotMangled {
        char kind = cursor.peek(1);
        if (kind == 's' || kind == 'u' || kind == 'e') {
            cursor.next(2);
            return remembered(parser.names.name());
        }
        Piece parameter = remembered(parser.templates.parameter());
        // Behind a conversion's type stand the arguments of the conversion.
        return cursor.peek() == 'I' && !parser.templates.isConversion()
                ? remembered(parser.templates.named(parameter, false))
                : parameter;
    }

    private Piece composed() throws NotMangled {
        char c = cursor.peek();
        switch (c) {
            case 'r', 'V', 'K' -> {
                String words = qualifiers();
                return inner(text -> text.qualified(words));
            }
            case 'P' -> {
                cursor.next();
                return inner(text -> text.pointed("*"));
            }
            case 'R', 'O' -> {
                cursor.next();
                return inner(text -> text.referred(c == 'R' ? "&" : "&&"));
            }
            case 'C', 'G' -> {
                cursor.next();
                return inner(text -> text.qualified(c == 'C' ? " _Complex" : " _Imaginary"));
            }
            case 'F' -> {
                return function("");
            }
            case 'A' -> {
                return array();
            }
            case 'M' -> {
                cursor.next();
                return Piece.join(cursor, List.of(type(), type()), parts -> {
                    Text of = parts.get(1);
                    return of.pointed((of.bare() ? "" : " ") + parts.get(0).whole() + "::*");
                });
            }
            case 'U' -> {
                cursor.next();
                String word = parser.names.source();
                Piece name = cursor.peek() == 'I' ? parser.templates.named(Piece.of(word), false) : Piece.of(word);
                return Piece.join(
                        cursor,
                        List.of(type(), name),
                        parts -> parts.get(0).qualified(" " + parts.get(1).whole()));
            }
            case 'u' -> {
                cursor.next();
                Piece name = Piece.of(parser.names.source());
                return cursor.peek() == 'I' ? parser.templates.named(name, false) : name;
            }
            case 'D' -> {
                return lettered();
            }
            default -> {
                return parser.names.name();
            }
        }
    }

    private Piece inner(Piece.Make<Text> make) throws NotMangled {
        return type().map(cursor, make);
    }

    private Piece lettered() throws NotMangled {
        switch (cursor.peek(1)) {
            case 'p' -> {
                cursor.next(2);
                return type().expanded();
            }
            case 't', 'T' -> {
                return decltype();
            }
            case 'o' -> {
                cursor.next(2);
                return function(" noexcept");
            }
            case 'O' -> {
                cursor.next(2);
                String condition = parser.expressions.expression().whole();
                cursor.need('E');
                return function(cursor.pay(" noexcept(" + condition + ")"));
            }
            case 'x' -> {
                cursor.next(2);
                return function(" transaction_safe");
            }
            case 'v' -> {
                cursor.next(2);
                String size = cursor.isDigit()
                        ? String.valueOf(cursor.number())
                        : parser.expressions.expression().whole();
                cursor.need('_');
                return inner(text -> text.qualified(" __vector(" + size + ")"));
            }
            default -> throw cursor.wrong("no type");
        }
    }

    Piece decltype() throws NotMangled {
        cursor.next(2);
        Piece expression = parser.expressions.expression();
        cursor.need('E');
        return expression.map(cursor, text -> Text.of("decltype (" + text.whole() + ")"));
    }

    private Piece function(String promise) throws NotMangled {
        cursor.need('F');
        cursor.take('Y');
        Text returned = first(type());
        String parameters = parameters();
        String reference = cursor.take('R') ? " &" : cursor.take('O') ? " &&" : "";
        cursor.need('E');
        String space = returned.right().isEmpty() ? " " : "";
        return Piece.of(new Text(
                cursor.pay(returned.left() + space),
                cursor.pay("(" + parameters + ")" + reference + promise + returned.right()),
                true));
    }

    private static Text first(Piece piece) {
        return piece.texts().size() == 1 ? piece.texts().getFirst() : Text.of(piece.whole());
    }

    /** Types up to the end of a function's type or of a name. */
    String parameters() throws NotMangled {
        List<String> all = new ArrayList<>();
        if (cursor.take('v')) {
            return "";
        }
        while (!isAtEnd()) {
            Piece type = type();
            if (type.form() != Piece.Form.EXPANDED || !type.texts().isEmpty()) {
                all.add(type.whole());
            }
        }
        return cursor.pay(String.join(", ", all));
    }

    private boolean isAtEnd() {
        char c = cursor.peek();
        boolean reference = (c == 'R' || c == 'O') && cursor.peek(1) == 'E';
        return c == 'E' || c == Cursor.END || c == '.' || c == '@' || reference;
    }

    private Piece array() throws NotMangled {
        cursor.need('A');
        String size = cursor.isDigit()
                ? String.valueOf(cursor.number())
                : cursor.peek() == '_' ? "" : parser.expressions.expression().whole();
        cursor.need('_');
        return inner(text -> new Text(
                text.bare() || text.left().endsWith(" ") ? text.left() : text.left() + " ",
                "[" + size + "]" + text.right(),
                true));
    }

    /** The words for qualifiers, each with a space before it. */
    String qualifiers() {
        return (cursor.take('r') ? " restrict" : "")
                + (cursor.take('V') ? " volatile" : "")
                + (cursor.take('K') ? " const" : "");
    }

    private @Nullable String builtin() throws NotMangled {
        String one = switch (cursor.peek()) {
            case 'v' -> "void";
            case 'w' -> "wchar_t";
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'a' -> "signed char";
            case 'h' -> "unsigned char";
            case 's' -> "short";
            case 't' -> "unsigned short";
            case 'i' -> "int";
            case 'j' -> "unsigned int";
            case 'l' -> "long";
            case 'm' -> "unsigned long";
            case 'x' -> "long long";
            case 'y' -> "unsigned long long";
            case 'n' -> "__int128";
            case 'o' -> "unsigned __int128";
            case 'f' -> "float";
            case 'd' -> "double";
            case 'e' -> "long double";
            case 'g' -> "__float128";
            case 'z' -> "...";
            default -> null;
        };
        if (one != null) {
            cursor.next();
            return one;
        }
        if (cursor.peek() != 'D') {
            return null;
        }
        String two = switch (cursor.peek(1)) {
            case 'a' -> "auto";
            case 'c' -> "decltype(auto)";
            case 'n' -> "decltype(nullptr)";
            case 'd' -> "decimal64";
            case 'e' -> "decimal128";
            case 'f' -> "decimal32";
            case 'h' -> "half";
            case 'i' -> "char32_t";
            case 's' -> "char16_t";
            case 'u' -> "char8_t";
            default -> null;
        };
        if (two != null) {
            cursor.next(2);
            return two;
        }
        if (cursor.take("DF")) {
            String width = String.valueOf(cursor.number());
            String suffix = cursor.take('x') ? "x" : cursor.take('b') ? "b" : "";
            cursor.take('_');
            return suffix.equals("b") ? "std::bfloat16_t" : "_Float" + width + suffix;
        }
        return null;
    }
}
