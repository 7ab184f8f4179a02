package io.lightvessel.config.ottl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked expression. */
public sealed interface Expr {

    /** What its value will be; {@link Type#ANY} when only running tells. */
    Type type();

    /** A text, long, double, boolean or byte array; null is nil. */
    record Constant(Type type, @Nullable Object value) implements Expr {}

    record Elements(List<Expr> elements) implements Expr {

        @Override
        public Type type() {
            return Type.LIST;
        }
    }

    /** Keys with a value each. */
    record Entries(List<String> keys, List<Expr> values) implements Expr {

        @Override
        public Type type() {
            return Type.MAP;
        }
    }

    record Read(Path path) implements Expr {

        @Override
        public Type type() {
            return path.type();
        }
    }

    /**
     * A converter's value.
     *
     * @param arguments in the order of its parameters; null where an optional one is not given
     */
    record Convert(Converter converter, List<@Nullable Expr> arguments, List<Key> keys) implements Expr {

        @Override
        public Type type() {
            return keys.isEmpty() ? converter.result() : Type.ANY;
        }
    }

    /** @param type {@link Type#ANY} when an operand's type is not known */
    record Arithmetic(char operator, Expr left, Expr right, Type type) implements Expr {}
}
