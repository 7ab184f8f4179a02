package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.util.Arrays;

/** Compares maps and lists with all that is in them; inside them a whole number never equals a decimal one. */
final class DeepEquality {

    private static final int DEEPEST = 64;

    private int depth;

    boolean equal(Value a, Value b) throws StatementFailure, MalformedPayload {
        if (a.kind() != b.kind()) {
            return false;
        }
        return switch (a.kind()) {
            case NIL -> true;
            case BOOL -> a.flag() == b.flag();
            case INT -> a.whole() == b.whole();
            case DOUBLE -> a.decimal() == b.decimal();
            case STRING, BYTES, TRACE_ID, SPAN_ID ->
                Arrays.equals(a.bytes(), a.from(), a.to(), b.bytes(), b.from(), b.to());
            case MAP, LIST -> {
                if (depth == DEEPEST) {
                    throw new StatementFailure("a value nested more than " + DEEPEST + " deep", "less nesting");
                }
                depth++;
                boolean equal = a.kind() == Value.Kind.MAP ? equalMaps(a, b) : equalLists(a, b);
                depth--;
                yield equal;
            }
        };
    }

    private boolean equalLists(Value a, Value b) throws StatementFailure, MalformedPayload {
        Elements left = new Elements(a);
        Elements right = new Elements(b);
        Value x = new Value();
        Value y = new Value();
        while (left.next()) {
            if (!right.next()) {
                return false;
            }
            x.read(a.bytes(), left.from(), left.to());
            y.read(b.bytes(), right.from(), right.to());
            if (!equal(x, y)) {
                return false;
            }
        }
        return !right.next();
    }

    private boolean equalMaps(Value a, Value b) throws StatementFailure, MalformedPayload {
        Message left = Maps.show(new Message(), a);
        Message right = Maps.show(new Message(), b);
        if (left.attributes() != right.attributes()) {
            return false;
        }
        Value x = new Value();
        Value y = new Value();
        for (int i = 0; i < left.attributes(); i++) {
            int other = right.find(new AttributeKey(left.keyText(i)));
            if (other < 0) {
                return false;
            }
            x.read(left.valueArray(i), left.valueFrom(i), left.valueTo(i));
            y.read(right.valueArray(other), right.valueFrom(other), right.valueTo(other));
            if (!equal(x, y)) {
                return false;
            }
        }
        return true;
    }
}
