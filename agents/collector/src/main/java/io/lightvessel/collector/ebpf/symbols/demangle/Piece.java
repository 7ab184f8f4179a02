package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a part of a name stands for: one text, a pack of them of which each makes a text of what it is part of, or a pack that was
 * expanded, whose texts stand beside each other.
 */
record Piece(List<Text> texts, Form form) {

    /** How texts count. */
    enum Form {
        ONE,
        PACK,
        EXPANDED
    }

    /** Makes a text of texts. */
    @FunctionalInterface
    interface Make<T> {
        Text of(T parts) throws NotMangled;
    }

    Piece {
        texts = List.copyOf(texts);
    }

    static Piece of(String text) {
        return of(Text.of(text));
    }

    static Piece of(Text text) {
        return new Piece(List.of(text), Form.ONE);
    }

    /** The same as what template parameters are: nobody has said yet where its texts go. */
    Piece packed() {
        return form == Form.EXPANDED ? new Piece(texts, Form.PACK) : this;
    }

    Piece expanded() {
        return new Piece(texts, Form.EXPANDED);
    }

    String whole() {
        return texts.stream().map(Text::whole).collect(Collectors.joining(", "));
    }

    Piece map(Cursor cursor, Make<Text> make) throws NotMangled {
        List<Text> made = new ArrayList<>();
        for (Text text : texts) {
            made.add(paid(cursor, make.of(text)));
        }
        return new Piece(made, form);
    }

    /** A text of parts; where some are packs, one for each of their texts. */
    static Piece join(Cursor cursor, List<Piece> parts, Make<List<Text>> make) throws NotMangled {
        int count = -1;
        for (Piece part : parts) {
            if (part.form == Form.PACK) {
                count = count < 0 ? part.texts.size() : Math.min(count, part.texts.size());
            }
        }
        List<Text> made = new ArrayList<>();
        for (int i = 0; i < Math.abs(count); i++) {
            List<Text> chosen = new ArrayList<>();
            for (Piece part : parts) {
                chosen.add(
                        switch (part.form) {
                            case ONE -> part.texts.getFirst();
                            case PACK -> part.texts.get(i);
                            case EXPANDED -> Text.of(cursor.pay(part.whole()));
                        });
            }
            made.add(paid(cursor, make.of(chosen)));
        }
        return new Piece(made, count < 0 ? Form.ONE : Form.PACK);
    }

    private static Text paid(Cursor cursor, Text text) throws NotMangled {
        cursor.pay(text.left());
        cursor.pay(text.right());
        return text;
    }
}
