package io.lightvessel.config.ottl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement says, before names are looked up and types are checked. */
sealed interface Syntax {

    /** Index in the statement's text. */
    int at();

    /** A literal; its value is null for nil. */
    record Literal(Type type, @Nullable Object value, int at) implements Syntax {}

    /** A name in capitals, or a converter's name as an argument. */
    record Name(String name, int at) implements Syntax {}

    record Elements(List<Syntax> elements, int at) implements Syntax {}

    record Entries(List<String> keys, List<Syntax> values, int at) implements Syntax {}

    record Path(List<Segment> segments, int at) implements Syntax {}

    /** A word of a path and the keys behind it. */
    record Segment(String name, List<Key> keys, int at) {}

    record Call(String name, List<Argument> arguments, List<Key> keys, int at) implements Syntax {

        boolean isEditor() {
            return Character.isLowerCase(name.charAt(0));
        }
    }

    record Argument(@Nullable String name, Syntax value, int at) {}

    record Arithmetic(char operator, Syntax left, Syntax right, int at) implements Syntax {}

    record Compare(Condition.Operator operator, Syntax left, Syntax right, int at) implements Syntax {}

    record And(List<Syntax> terms, int at) implements Syntax {}

    record Or(List<Syntax> terms, int at) implements Syntax {}

    record Not(Syntax negated, int at) implements Syntax {}

    /** An editor's call and what has to hold for it. */
    record Whole(Call editor, @Nullable Syntax where) {}
}
