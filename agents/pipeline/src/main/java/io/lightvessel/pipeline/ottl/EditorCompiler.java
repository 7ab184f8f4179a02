package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Expr;
import io.lightvessel.config.ottl.Glob;
import io.lightvessel.config.ottl.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes what a statement does to its record. */
final class EditorCompiler {

    private final Statement statement;

    EditorCompiler(Statement statement) {
        this.statement = statement;
    }

    private Expr argument(int index) {
        return Objects.requireNonNull(statement.arguments().get(index));
    }

    private String text(int index) {
        return Compiler.text(argument(index));
    }

    private List<String> texts(int index) {
        return ((Expr.Elements) argument(index))
                .elements().stream().map(Compiler::text).toList();
    }

    private long whole(int index) {
        return (Long) Objects.requireNonNull(((Expr.Constant) argument(index)).value());
    }

    Edit compile() {
        Place target = Compiler.place(statement.target());
        return switch (statement.editor()) {
            case SET -> set(target);
            case DELETE_KEY -> map(target, MapEdits.deleteKey(text(0)));
            case DELETE_MATCHING_KEYS -> map(target, MapEdits.matchingKeys(new TextPattern(text(0)), false));
            case KEEP_KEYS -> map(target, MapEdits.keepKeys(texts(0)));
            case KEEP_MATCHING_KEYS -> map(target, MapEdits.matchingKeys(new TextPattern(text(0)), true));
            case LIMIT -> map(target, MapEdits.limit(whole(0), texts(1)));
            case MERGE_MAPS -> map(target, MapEdits.merge(Compiler.expression(argument(0)), text(1)));
            case TRUNCATE_ALL -> map(target, truncate());
            case REPLACE_ALL_MATCHES -> map(target, MapEdits.texts(rewording(Glob.regex(text(0)), true, 1)));
            case REPLACE_ALL_PATTERNS -> {
                Rewording rewording = rewording(text(1), false, 2);
                yield map(target, text(0).equals("key") ? MapEdits.keys(rewording) : MapEdits.texts(rewording));
            }
            case REPLACE_MATCH -> replace(target, rewording(Glob.regex(text(0)), true, 1));
            case REPLACE_PATTERN -> replace(target, rewording(text(0), false, 1));
        };
    }

    private static Edit map(Place target, MapEdit edit) {
        return new MapTarget(target, edit);
    }

    private Rewording rewording(String regex, boolean whole, int replacement) {
        return new Rewording(new TextPattern(regex), whole, Compiler.expression(argument(replacement)));
    }

    /** Sets the target; nil sets nothing. */
    private Edit set(Place target) {
        Getter source = Compiler.expression(argument(0));
        Value value = new Value();
        return telemetry -> {
            source.get(telemetry, value);
            if (value.kind() != Value.Kind.NIL) {
                target.set(telemetry, value);
            }
        };
    }

    private MapEdit truncate() {
        int limit = (int) Math.min(whole(0), Integer.MAX_VALUE);
        @Nullable Expr safe = statement.arguments().get(1);
        @Nullable Expr marker = statement.arguments().get(2);
        boolean wholeCharacters = !(safe instanceof Expr.Constant constant) || !Boolean.FALSE.equals(constant.value());
        byte[] mark = marker == null ? new byte[0] : Compiler.text(marker).getBytes(StandardCharsets.UTF_8);
        return MapEdits.truncate(limit, wholeCharacters, mark);
    }

    /** Replaces in a text; what is no text stays as it is. */
    private static Edit replace(Place target, Rewording rewording) {
        Value value = new Value();
        return telemetry -> {
            target.get(telemetry, value);
            if (value.kind() == Value.Kind.NIL) {
                return;
            }
            Rewording.Run run = rewording.prepare(telemetry);
            String text = value.kind() == Value.Kind.STRING ? run.reword(value) : null;
            if (text != null) {
                value.setText(text);
                target.set(telemetry, value);
            }
        };
    }
}
