package io.lightvessel.stack.ui;

import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.HasValidation;
import io.lightvessel.stack.Origin;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says below each field where its value comes from, for stacks that inherit. */
final class OriginMarks {
    private final Map<HasHelper, String> ownHelp = new IdentityHashMap<>();

    /** @param origins by JSON pointer; empty for a stack that stands alone */
    void show(Map<String, HasValidation> fields, Map<String, Origin> origins) {
        fields.forEach((path, field) -> {
            if (field instanceof HasHelper helped) {
                String own = ownHelp.computeIfAbsent(helped, OriginMarks::help);
                String words = words(origins.get("/" + path.replace('.', '/')));
                helped.setHelperText(own.isEmpty() || words.isEmpty() ? own + words : own + " · " + words);
            }
        });
    }

    private static String help(HasHelper field) {
        String text = field.getHelperText();
        return text == null ? "" : text;
    }

    private static String words(@Nullable Origin origin) {
        if (origin == null) {
            return "";
        }
        return switch (origin.kind()) {
            case DEFAULT -> "";
            case BLUEPRINT, LABELS -> "From " + origin.words();
            case CLUSTER -> "Set by this cluster";
        };
    }
}
