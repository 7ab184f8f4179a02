package io.lightvessel.collector.ebpf.symbols.demangle;

/** Types and constants in names of Rust. Lifetimes are left out but for their places, as nobody names them in a profile. */
final class RustTypes {
    private static final int MOST_LIFETIMES = 64;

    private final RustNames names;
    private final Cursor cursor;

    RustTypes(RustNames names, Cursor cursor) {
        this.names = names;
        this.cursor = cursor;
    }

    void type() throws NotMangled {
        cursor.enter();
        String basic = basic(cursor.peek());
        if (!basic.isEmpty()) {
            cursor.next();
            names.print(basic);
        } else {
            composed();
        }
        cursor.leave();
    }

    private void composed() throws NotMangled {
        switch (cursor.peek()) {
            case 'A' -> {
                cursor.next();
                names.print("[");
                type();
                names.print("; ");
                constant();
                names.print("]");
            }
            case 'S' -> {
                cursor.next();
                names.print("[");
                type();
                names.print("]");
            }
            case 'T' -> {
                cursor.next();
                tuple();
            }
            case 'R', 'Q' -> {
                boolean mutable = cursor.next() == 'Q';
                if (cursor.take('L')) {
                    names.number62();
                }
                names.print(mutable ? "&mut " : "&");
                type();
            }
            case 'P', 'O' -> {
                names.print(cursor.next() == 'P' ? "*const " : "*mut ");
                type();
            }
            case 'F' -> {
                cursor.next();
                function();
            }
            case 'D' -> {
                cursor.next();
                dynamic();
            }
            case 'B' -> {
                cursor.next();
                names.again(this::type);
            }
            default -> names.path(false);
        }
    }

    private void tuple() throws NotMangled {
        names.print("(");
        int count = list();
        names.print(count == 1 ? ",)" : ")");
    }

    private int list() throws NotMangled {
        int count = 0;
        while (!cursor.take('E')) {
            names.print(count++ == 0 ? "" : ", ");
            type();
        }
        return count;
    }

    private void function() throws NotMangled {
        binder();
        names.print(cursor.take('U') ? "unsafe " : "");
        if (cursor.take('K')) {
            String abi = cursor.take('C') ? "C" : names.identifier().replace('_', '-');
            names.print("extern \"" + abi + "\" ");
        }
        names.print("fn(");
        list();
        names.print(")");
        if (!cursor.take('u')) {
            names.print(" -> ");
            type();
        }
    }

    private void dynamic() throws NotMangled {
        names.print("dyn ");
        binder();
        String plus = "";
        while (!cursor.take('E')) {
            names.print(plus);
            plus = " + ";
            names.traitOf(this::bindings);
        }
        cursor.need('L');
        names.number62();
    }

    /** The associated types of a trait object. */
    private void bindings() throws NotMangled {
        if (cursor.peek() != 'p') {
            return;
        }
        names.print(names.reopenArguments() ? ", " : "<");
        String comma = "";
        while (cursor.take('p')) {
            names.print(comma + names.identifier() + " = ");
            comma = ", ";
            type();
        }
        names.print(">");
    }

    private void binder() throws NotMangled {
        if (cursor.take('G') && names.number62() > MOST_LIFETIMES) {
            throw cursor.wrong("many lifetimes");
        }
    }

    void lifetime() throws NotMangled {
        names.number62();
        names.print("'_");
    }

    void constant() throws NotMangled {
        if (cursor.take('B')) {
            names.again(this::constant);
            return;
        }
        char type = cursor.next();
        if (type == 'p') {
            names.print("_");
            return;
        }
        boolean negative = cursor.take('n');
        int from = cursor.at();
        while (!cursor.take('_')) {
            char c = cursor.next();
            if (!Cursor.isDigit(c) && (c < 'a' || c > 'f')) {
                throw cursor.wrong("no constant");
            }
        }
        String digits = cursor.since(from).replaceFirst("^0+(?=[0-9a-f])", "").replace("_", "");
        if (digits.length() > 15) {
            names.print((negative ? "-0x" : "0x") + digits);
            return;
        }
        long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 16);
        names.print(
                switch (type) {
                    case 'b' -> value == 1 ? "true" : "false";
                    case 'c' -> character(value);
                    case 'a', 's', 'l', 'x', 'n', 'i', 'h', 't', 'm', 'y', 'o', 'j' -> (negative ? "-" : "") + value;
                    default -> throw cursor.wrong("a constant of no such type");
                });
    }

    private String character(long value) throws NotMangled {
        if (value > Character.MAX_CODE_POINT || Character.isISOControl((int) value)) {
            throw cursor.wrong("no character");
        }
        return "'" + Character.toString((int) value) + "'";
    }

    private static String basic(char letter) {
        return switch (letter) {
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'e' -> "str";
            case 'u' -> "()";
            case 'a' -> "i8";
            case 's' -> "i16";
            case 'l' -> "i32";
            case 'x' -> "i64";
            case 'n' -> "i128";
            case 'i' -> "isize";
            case 'h' -> "u8";
            case 't' -> "u16";
            case 'm' -> "u32";
            case 'y' -> "u64";
            case 'o' -> "u128";
            case 'j' -> "usize";
            case 'f' -> "f32";
            case 'd' -> "f64";
            case 'z' -> "!";
            case 'p' -> "_";
            case 'v' -> "...";
            default -> "";
        };
    }
}
