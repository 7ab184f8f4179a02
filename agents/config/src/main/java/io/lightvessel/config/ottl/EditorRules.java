package io.lightvessel.config.ottl;

import io.lightvessel.config.NearestName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to hold between the arguments of one editor. */
final class EditorRules {

    private final Arguments arguments;

    EditorRules(Arguments arguments) {
        this.arguments = arguments;
    }

    /** @param rest the arguments behind the target */
    void check(Editor editor, Path target, List<@Nullable Expr> rest) throws OttlError {
        switch (editor) {
            case SET -> checkSet(target, rest.getFirst());
            case LIMIT -> checkLimit(rest);
            case TRUNCATE_ALL -> checkMarker(rest);
            case MERGE_MAPS -> checkWord(rest, 1, List.of("insert", "update", "upsert"));
            case REPLACE_ALL_PATTERNS -> checkWord(rest, 0, List.of("key", "value"));
            case DELETE_KEY,
                    DELETE_MATCHING_KEYS,
                    KEEP_KEYS,
                    KEEP_MATCHING_KEYS,
                    REPLACE_ALL_MATCHES,
                    REPLACE_MATCH,
                    REPLACE_PATTERN -> {
                // The parameters' types say it all.
            }
        }
    }

    private void checkSet(Path target, @Nullable Expr value) throws OttlError {
        if (value == null) {
            return;
        }
        Type from = value.type();
        Type to = target.type();
        if (from == Type.NIL) {
            throw new OttlError("nil as value of 'set'", arguments.at(1), "a value, or delete_key to remove a key");
        }
        boolean isId = from == Type.TRACE_ID || from == Type.SPAN_ID;
        if (to == Type.ANY && isId) {
            throw new OttlError(from.phrase() + " for " + target, arguments.at(1), "its .string");
        }
        if (!from.mayBe(to)) {
            throw new OttlError(from.phrase() + " for " + target, arguments.at(1), to.phrase());
        }
        boolean small = switch (target.field().shape()) {
            case VARINT, ZIGZAG, FIXED32, STATUS_VARINT, DATA_VARINT ->
                target.keys().isEmpty();
            default -> false;
        };
        if (small && value instanceof Expr.Constant constant && constant.value() instanceof Long number) {
            boolean signed = target.field().shape() == Shape.ZIGZAG;
            long least = signed ? Integer.MIN_VALUE : 0;
            long most = signed ? Integer.MAX_VALUE : 0xFFFFFFFFL;
            if (number < least || number > most) {
                throw new OttlError(number + " for " + target, arguments.at(1), least + ".." + most);
            }
        }
    }

    private void checkLimit(List<@Nullable Expr> rest) throws OttlError {
        int keys = Arguments.texts(rest.get(1)).size();
        if (rest.getFirst() instanceof Expr.Constant limit && limit.value() instanceof Long most && most < keys) {
            throw new OttlError("limit " + most, arguments.at(1), keys + " or more, since so many keys have priority");
        }
    }

    private void checkMarker(List<@Nullable Expr> rest) throws OttlError {
        if (rest.getFirst() instanceof Expr.Constant limit
                && limit.value() instanceof Long most
                && rest.get(2) instanceof Expr.Constant marker
                && marker.value() instanceof String text
                && text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new OttlError("truncation_marker \"" + text + "\"", arguments.at(3), "at most " + most + " bytes");
        }
    }

    private void checkWord(List<@Nullable Expr> rest, int index, List<String> words) throws OttlError {
        if (rest.get(index) instanceof Expr.Constant constant && !words.contains(String.valueOf(constant.value()))) {
            String word = String.valueOf(constant.value());
            throw new OttlError("\"" + word + "\"", arguments.at(index + 1), NearestName.expected(word, words));
        }
    }
}
