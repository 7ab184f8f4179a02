package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;

/** Template arguments and the parameters that stand for them. */
final class CppTemplates {
    private static final char LATER = '\u0001';

    private final CppParser parser;
    private List<Piece> inForce = new ArrayList<>();
    private int lambdas;
    private boolean mayComeLater;

    CppTemplates(CppParser parser) {
        this.parser = parser;
    }

    /** The arguments in force, to be put back by {@link #leaveScope}: an encoding within another has its own. */
    List<Piece> enterScope() {
        List<Piece> outer = inForce;
        inForce = new ArrayList<>();
        return outer;
    }

    void leaveScope(List<Piece> outer) {
        inForce = outer;
    }

    void enterLambda() {
        lambdas++;
    }

    void leaveLambda() {
        lambdas--;
    }

    /** The type of a conversion, which may be said with arguments that only come behind it. */
    Piece conversionType() throws NotMangled {
        boolean outer = mayComeLater;
        mayComeLater = true;
        try {
            return parser.types.type();
        } finally {
            mayComeLater = outer;
        }
    }

    boolean isConversion() {
        return mayComeLater;
    }

    /** A name with the arguments behind it. */
    Piece named(Piece name, boolean comeIntoForce) throws NotMangled {
        Piece arguments = arguments(comeIntoForce);
        return Piece.join(parser.cursor, List.of(name, arguments), parts -> {
            String base = resolved(parts.get(0).whole());
            return Text.of(base + (base.endsWith("<") ? " " : "") + parts.get(1).whole());
        });
    }

    private Piece arguments(boolean comeIntoForce) throws NotMangled {
        Cursor cursor = parser.cursor;
        cursor.need('I');
        cursor.enter();
        List<Piece> all = new ArrayList<>();
        List<Piece> named = new ArrayList<>();
        if (comeIntoForce) {
            inForce = named;
        }
        while (!cursor.take('E')) {
            Piece argument = argument();
            all.add(argument);
            named.add(argument.packed());
        }
        cursor.leave();
        return Piece.join(cursor, all, parts -> {
            List<String> texts = new ArrayList<>();
            for (Text part : parts) {
                String whole = part.whole();
                if (!whole.isEmpty()) {
                    texts.add(whole);
                }
            }
            return Text.of("<" + String.join(", ", texts) + ">");
        });
    }

    private Piece argument() throws NotMangled {
        Cursor cursor = parser.cursor;
        switch (cursor.peek()) {
            case 'X' -> {
                cursor.next();
                Piece expression = parser.expressions.expression();
                cursor.need('E');
                return expression;
            }
            case 'J' -> {
                cursor.next();
                cursor.enter();
                List<Text> texts = new ArrayList<>();
                while (!cursor.take('E')) {
                    texts.addAll(argument().texts());
                }
                cursor.leave();
                return new Piece(texts, Piece.Form.EXPANDED);
            }
            case 'L' -> {
                return parser.expressions.expression();
            }
            default -> {
                return parser.types.type();
            }
        }
    }

    /** {@code T_} and those after it. */
    Piece parameter() throws NotMangled {
        parser.cursor.need('T');
        int index = parser.sequence(10);
        if (lambdas > 0) {
            return Piece.of("auto:" + (index + 1));
        }
        if (index < inForce.size()) {
            return inForce.get(index);
        }
        if (!mayComeLater) {
            throw parser.cursor.wrong("a parameter without argument");
        }
        return Piece.of("" + LATER + (char) ('0' + index));
    }

    /** The text with the arguments that are known by now. */
    private String resolved(String text) throws NotMangled {
        if (text.indexOf(LATER) < 0) {
            return text;
        }
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != LATER) {
                known.append(c);
                continue;
            }
            int index = text.charAt(++i) - '0';
            if (index >= inForce.size()) {
                throw parser.cursor.wrong("a parameter without argument");
            }
            known.append(parser.cursor.pay(inForce.get(index).whole()));
        }
        return known.toString();
    }
}
